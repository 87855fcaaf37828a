import { type Contract, codeName } from '@wsrv/schema'
import type { DocComment } from '../model/docs.ts'
import type { CommandModel, Model, PushModel } from '../model/model.ts'
import { typeName } from '../names.ts'
import { printJson } from '../print/print-json.ts'
import { answersOf, messageComponents } from './asyncapi-messages.ts'
import { schemaComponents } from './asyncapi-schema.ts'
import { LOCAL_SERVERS, printServers, type ServerInfos } from './asyncapi-servers.ts'
import type { Emitter } from './emitter.ts'

/** What an API's documents say of it besides its contract. */
export interface ApiInfo {
  readonly title: string
  readonly version: string
  /** Default the one that a fresh server listens as. */
  readonly servers?: ServerInfos | undefined
}

/** The side that a document is of: the server receives commands and sends pushes, a client sends commands and receives pushes. */
export type Side = 'server' | 'client'

/**
 * Emits an AsyncAPI 3 document of one side: each command is an operation with a reply, each push one without; all their
 * messages belong to one channel, the WebSocket.
 */
export function asyncapiEmitter(path: string, info: ApiInfo, side: Side = 'server'): Emitter {
  return {
    name: side === 'server' ? 'asyncapi' : 'asyncapi-client',
    emit: (model) => [{ kind: 'printed', path, text: printJson(toDocument(model, info, side)) }],
  }
}

/** Version of the AsyncAPI specification: nothing of a later one is needed, and most tools read this one. */
const ASYNCAPI_VERSION = '3.0.0'

const ABOUT: Readonly<Record<Side, string>> = {
  server: 'A wsrv API: requests, responses and pushes over one WebSocket, as its server sees them.',
  client: 'A wsrv API: requests, responses and pushes over one WebSocket, as its clients see them.',
}

function toDocument(model: Model, { title, version, servers: infos = LOCAL_SERVERS }: ApiInfo, side: Side): object {
  const { messages, schemas } = messageComponents(model)
  const { servers, address, securitySchemes } = printServers(infos)
  const names = Object.keys(messages).map((name) => [name, { $ref: `#/components/messages/${name}` }])
  return {
    asyncapi: ASYNCAPI_VERSION,
    'x-generated-by': `wsrv codegen ${model.version}`,
    info: { title, version, description: ABOUT[side] },
    defaultContentType: 'application/json',
    servers,
    channels: {
      wsrv: {
        address,
        messages: Object.fromEntries(names),
        bindings: { ws: { method: 'GET', bindingVersion: '0.1.0' } },
      },
    },
    operations: Object.fromEntries([
      ...model.commands.map((command) => [typeName(codeName(command)), commandOperation(command, side)]),
      ...model.pushes.map((push) => [typeName(codeName(push), 'Push'), pushOperation(push, side)]),
    ]),
    components: {
      messages,
      schemas: { ...schemas, ...schemaComponents(sentTypes(model)) },
      correlationIds: { seqno: SEQNO },
      ...(Object.keys(securitySchemes).length > 0 && { securitySchemes }),
    },
  }
}

/** The contract's types without those that stay on the servers. */
function sentTypes({ contract, clientTypes }: Model): Contract['types'] {
  const sent = new Set(clientTypes.map(({ type }) => type))
  return Object.fromEntries(Object.entries(contract.types).filter(([name]) => sent.has(name)))
}

const SEQNO = { location: '$message.payload#/seqno', description: 'A response has the seqno of its request.' }

const CHANNEL = { $ref: '#/channels/wsrv' }

function commandOperation(command: CommandModel, side: Side): object {
  const { cmd, docs, formerCmds } = command
  return {
    action: side === 'server' ? 'receive' : 'send',
    channel: CHANNEL,
    title: cmd,
    ...aboutOperation(docs, formerCmds),
    messages: [messageRef(typeName(codeName(command), 'Request'))],
    reply: { channel: CHANNEL, messages: answersOf(command).map(messageRef) },
  }
}

function pushOperation(push: PushModel, side: Side): object {
  const { cmd, docs } = push
  return {
    action: side === 'server' ? 'send' : 'receive',
    channel: CHANNEL,
    title: cmd,
    ...aboutOperation(docs),
    messages: [messageRef(typeName(codeName(push), 'Push'))],
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
