import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'

const room = Type.String({
  minLength: 1,
  maxLength: 40,
  pattern: '^[a-z0-9-]+$',
  description: 'Room name: small letters, digits and dashes.',
})

/** Recursive, because a message quotes the one it answers, which may quote another. */
const chat = Type.Module({
  Content: Type.Union(
    [
      Type.Object({
        kind: Type.Literal('text'),
        text: Type.String({ minLength: 1, maxLength: 4_000 }),
      }),
      Type.Object({
        kind: Type.Literal('image'),
        url: Type.String({ format: 'uri' }),
        width: Type.Integer({ minimum: 1, description: 'In pixels.' }),
        height: Type.Integer({ minimum: 1, description: 'In pixels.' }),
        alt: Type.Optional(Type.String({ description: 'What the image shows, for those who cannot see it.' })),
      }),
      Type.Object({
        kind: Type.Literal('poll'),
        question: Type.String({ minLength: 1, maxLength: 200 }),
        options: Type.Array(Type.String({ minLength: 1 }), { minItems: 2, maxItems: 10 }),
      }),
    ],
    { description: 'What a message says; `kind` tells which.' },
  ),
  Message: Type.Object(
    {
      id: Type.Integer({ minimum: 1, description: 'Counts up within a room.' }),
      room,
      from: Type.Integer({ minimum: 1, description: 'User id of the author.' }),
      sentAtMs: Type.Integer({ description: 'When the server took it, in ms since 1970.' }),
      content: Type.Ref('Content'),
      quotes: Type.Optional(Type.Ref('Message', { description: 'The message that this one answers.' })),
    },
    { description: 'One message of a room.' },
  ),
})

export const Content = chat.Content
export const Message = chat.Message

const NotInRoom = {
  status: 1101,
  description: 'Join the room first.',
  data: Type.Object({ room }),
}

export const join = command({
  cmd: 'chat.join',
  description: 'Enter a room: its messages are pushed to this connection from now on.',
  request: Type.Object({ room }),
  params: ['room'],
  response: Type.Object({
    members: Type.Array(Type.Integer({ minimum: 1 }), { description: 'User ids of those in the room, you included.' }),
    history: Type.Array(Message, { description: 'The latest messages, oldest first.' }),
  }),
  idempotent: true,
})

export const send = command({
  cmd: 'chat.send',
  description: 'Say something in a room.',
  request: Type.Object({
    room,
    content: Content,
    quotes: Type.Optional(Type.Integer({ minimum: 1, description: 'Id of the message that this one answers.' })),
  }),
  params: ['room', 'content'],
  response: Type.Object({ id: Type.Integer({ minimum: 1, description: 'Id of the new message.' }) }),
  errors: {
    not_in_room: NotInRoom,
    no_such_message: {
      status: 1102,
      description: 'The quoted message does not exist in this room.',
      data: Type.Object({ quotes: Type.Integer() }),
    },
  },
})

export const history = command({
  cmd: 'chat.history',
  description: 'Older messages of a room, page by page.',
  request: Type.Object({
    room,
    limit: Type.Integer({ minimum: 1, maximum: 100, default: 20, description: 'Messages to return at most.' }),
    before: Type.Optional(Type.Integer({ minimum: 1, description: 'Only messages older than this id.' })),
  }),
  params: ['room'],
  response: Type.Object({
    messages: Type.Array(Message, { description: 'Oldest first.' }),
    hasMore: Type.Boolean({ description: 'Whether there are still older messages.' }),
  }),
  errors: { not_in_room: NotInRoom },
  idempotent: true,
})

export const message = push({
  cmd: 'chat.message',
  description: 'Another member said something in a room that this connection joined.',
  data: Message,
})
