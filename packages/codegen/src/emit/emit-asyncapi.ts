import { MAX_SEQNO_CHARS, OK_MSG, STATUS } from '@wsrv/protocol'
import type { JsonSchema } from '@wsrv/schema'
import type { DocComment } from '../model/docs.ts'
import type { CommandModel, Model, PushModel } from '../model/model.ts'
import { typeName } from '../names.ts'
import { printJson } from '../print/print-json.ts'
import { messageSchema, schemaComponents } from './asyncapi-schema.ts'
import type { Emitter } from './emitter.ts'
import { exampleValue } from './example-value.ts'

/** Title and version of an API, for the head of its documents. */
export interface ApiInfo {
  readonly title: string
  readonly version: string
}

/**
 * Emits an AsyncAPI 3 document, from the server's side: each command is a `receive` operation with a
 * reply, each push a `send` operation; all their messages belong to one channel, the WebSocket.
 */
export function asyncapiEmitter(path: string, info: ApiInfo): Emitter {
  return {
    name: 'asyncapi',
    emit: (model) => [{ kind: 'printed', path, text: printJson(toDocument(model, info)) }],
  }
}

/** Version of the AsyncAPI specification. */
const ASYNCAPI_VERSION = '3.1.0'

function toDocument(model: Model, info: ApiInfo): object {
  const messages = [
    ...model.commands.flatMap((command) => commandMessages(command, model)),
    ...model.pushes.map((push) => pushMessage(push, model)),
  ]
  return {
    asyncapi: ASYNCAPI_VERSION,
    'x-generated-by': `wsrv codegen ${model.version}`,
    info: { ...info, description: 'A wsrv API: requests, responses and pushes over one WebSocket.' },
    defaultContentType: 'application/json',
    channels: { wsrv: { address: '/', messages: Object.fromEntries(messages) } },
    operations: Object.fromEntries([
      ...model.commands.map((command) => [typeName(command.cmd), commandOperation(command)]),
      ...model.pushes.map((push) => [typeName(push.cmd, 'Push'), pushOperation(push)]),
    ]),
    components: { schemas: schemaComponents(model.contract.types) },
  }
}

const CHANNEL = { $ref: '#/channels/wsrv' }

function commandOperation({ cmd, docs, errors, formerCmds }: CommandModel): object {
  const answers = [typeName(cmd, 'Response'), ...errors.map(({ name }) => typeName(cmd, name, 'Error'))]
  return {
    action: 'receive',
    channel: CHANNEL,
    title: cmd,
    ...aboutOperation(docs, formerCmds),
    messages: [messageRef(typeName(cmd, 'Request'))],
    reply: { channel: CHANNEL, messages: answers.map(messageRef) },
  }
}

function pushOperation({ cmd, docs }: PushModel): object {
  return {
    action: 'send',
    channel: CHANNEL,
    title: cmd,
    ...aboutOperation(docs),
    messages: [messageRef(typeName(cmd, 'Push'))],
  }
}

/** An operation's description and tags. AsyncAPI cannot mark an operation as deprecated, so the description and a tag do. */
function aboutOperation({ description, tags }: DocComment, formerCmds: readonly string[] = []): object {
  const reason = tags.find(([name]) => name === 'deprecated')?.[1]
  const text = [
    ...(description === undefined ? [] : [description]),
    ...(reason === undefined ? [] : [`Deprecated: ${reason}`]),
    ...(formerCmds.length === 0 ? [] : [`Also answered under its former name: ${formerCmds.join(', ')}.`]),
  ]
  return {
    ...(text.length > 0 && { description: text.join('\n\n') }),
    ...(reason !== undefined && { tags: [{ name: 'deprecated' }] }),
  }
}

function messageRef(name: string): object {
  return { $ref: `#/channels/wsrv/messages/${name}` }
}

type Message = readonly [name: string, message: object]

function commandMessages({ cmd, errors }: CommandModel, { contract }: Model): readonly Message[] {
  const command = contract.commands.find((one) => one.cmd === cmd)
  if (command === undefined) return []
  const request = { envelope: { cmd: { const: cmd }, seqno: SEQNO }, data: command.request }
  return [
    toMessage(typeName(cmd, 'Request'), `Request of ${cmd}.`, request, contract.types),
    toMessage(typeName(cmd, 'Response'), `Response of ${cmd}.`, answer(cmd, command.response), contract.types),
    ...errors.map(({ name, status, docs }): Message => {
      const data = command.errors[name]?.data ?? {}
      const summary = docs.description ?? `Error ${name} of ${cmd}.`
      return toMessage(typeName(cmd, name, 'Error'), summary, answer(cmd, data, { status, msg: name }), contract.types)
    }),
  ]
}

function pushMessage({ cmd, docs }: PushModel, { contract }: Model): Message {
  const data = contract.pushes.find((one) => one.cmd === cmd)?.data ?? {}
  return toMessage(typeName(cmd, 'Push'), docs.description ?? `Push ${cmd}.`, answer(cmd, data), contract.types)
}

interface Content {
  readonly envelope: Readonly<Record<string, JsonSchema>>
  readonly data: JsonSchema
}

const SEQNO = { type: 'string', minLength: 1, maxLength: MAX_SEQNO_CHARS, examples: ['k3v9zq-0001'] }

/** A response's or a push's envelope, keys in wire order. PROTOCOL.md §Response. */
function answer(
  cmd: string,
  data: JsonSchema,
  { status, msg }: { readonly status: number; readonly msg: string } = { status: STATUS.ok, msg: OK_MSG },
): Content {
  const msgSchema = { type: 'string', examples: [msg] }
  return { envelope: { cmd: { const: cmd }, seqno: SEQNO, status: { const: status }, msg: msgSchema }, data }
}

function toMessage(
  name: string,
  summary: string,
  { envelope, data }: Content,
  types: Model['contract']['types'],
): Message {
  const schema = { type: 'object', required: [...Object.keys(envelope), 'data'], properties: { ...envelope, data } }
  const example = { name: 'example', payload: exampleValue(schema, types) }
  return [name, { name, summary, payload: messageSchema(schema), examples: [example] }]
}
