import { ITEM_MSG, MAX_SEQNO_CHARS, OK_MSG, STATUS } from '@wsrv/protocol'
import { type Contract, codeName, type JsonSchema, type Named } from '@wsrv/schema'
import type { CommandModel, Model, PushModel } from '../model/model.ts'
import { typeName } from '../names.ts'
import { messageSchema } from './asyncapi-schema.ts'
import { exampleValue } from './example-value.ts'

/** What a contract's messages are in a document: the messages and the schemas of their data, each by its name. */
export interface MessageComponents {
  readonly messages: Readonly<Record<string, object>>
  readonly schemas: Readonly<Record<string, object>>
}

/** The messages of a contract, with a named schema for each and for its data: generators of models name classes by them. */
export function messageComponents({ commands, pushes, contract }: Model): MessageComponents {
  const all = [
    ...commands.flatMap((command) => commandMessages(command, contract)),
    ...pushes.map((push) => pushMessage(push, contract)),
  ]
  return {
    messages: Object.fromEntries(all.map((message) => [message.name, printMessage(message, contract.types)])),
    schemas: Object.fromEntries(all.flatMap(messageSchemas)),
  }
}

/** Names of the messages that answer a command. */
export function answersOf(command: CommandModel): readonly string[] {
  const code = codeName(command)
  const items = command.item === undefined ? [] : [typeName(code, 'Items')]
  return [...items, typeName(code, 'Response'), ...command.errors.map(({ name }) => typeName(code, name, 'Error'))]
}

interface Message {
  readonly name: string
  readonly summary: string
  readonly envelope: Readonly<Record<string, JsonSchema>>
  readonly data: JsonSchema
}

function commandMessages({ cmd, errors }: CommandModel, { commands }: Contract): readonly Message[] {
  const command = commands.find((one) => one.cmd === cmd)
  if (command === undefined) return []
  const { stream } = command
  const code = codeName(command)
  const request = { cmd: { const: cmd, type: 'string' }, seqno: SEQNO, ...(stream && { credit: CREDIT }) }
  return [
    { name: typeName(code, 'Request'), summary: `Request of ${cmd}.`, envelope: request, data: command.request },
    ...(stream === undefined ? [] : [itemsMessage(command, stream)]),
    { name: typeName(code, 'Response'), summary: `Response of ${cmd}.`, envelope: answer(cmd), data: command.response },
    ...errors.map(({ name, status, docs }): Message => {
      const summary = docs.description ?? `Error ${name} of ${cmd}.`
      const data = command.errors[name]?.data ?? {}
      return { name: typeName(code, name, 'Error'), summary, envelope: answer(cmd, status, name), data }
    }),
  ]
}

/** Items of a stream, as many as come in one message. PROTOCOL.md §Streams. */
function itemsMessage(named: Named, stream: JsonSchema): Message {
  const { cmd } = named
  const data = { type: 'array', minItems: 1, items: stream }
  return {
    name: typeName(codeName(named), 'Items'),
    summary: `Items of ${cmd}.`,
    envelope: answer(cmd, STATUS.item, ITEM_MSG),
    data,
  }
}

function pushMessage(push: PushModel, { pushes }: Contract): Message {
  const { cmd, docs } = push
  const data = pushes.find((one) => one.cmd === cmd)?.data ?? {}
  const summary = docs.description ?? `Push ${cmd}.`
  return { name: typeName(codeName(push), 'Push'), summary, envelope: answer(cmd), data }
}

const SEQNO = { type: 'string', minLength: 1, maxLength: MAX_SEQNO_CHARS, examples: ['k3v9zq-0001'] }

/** How many items the client takes. PROTOCOL.md §Streams. */
const CREDIT = { type: 'integer', minimum: 1, examples: [64] }

/** A response's or a push's envelope, keys in wire order. PROTOCOL.md §Response. */
function answer(cmd: string, status: number = STATUS.ok, msg: string = OK_MSG): Message['envelope'] {
  return {
    cmd: { const: cmd, type: 'string' },
    seqno: SEQNO,
    status: { const: status, type: 'integer' },
    msg: { type: 'string', examples: [msg] },
  }
}

/** The schema of a message and of its data; data that is one of the contract's own types has its name already. */
function messageSchemas({ name, envelope, data }: Message): readonly (readonly [string, object])[] {
  const isNamed = '$ref' in data
  const properties = { ...envelope, data: isNamed ? messageSchema(data) : { $ref: `#/components/schemas/${name}Data` } }
  return [
    [name, { type: 'object', required: Object.keys(properties), properties }],
    ...(isNamed ? [] : [[`${name}Data`, messageSchema(data)] as const]),
  ]
}

function printMessage({ name, summary, envelope, data }: Message, types: Contract['types']): object {
  const schema = { type: 'object', required: [...Object.keys(envelope), 'data'], properties: { ...envelope, data } }
  return {
    name,
    summary,
    correlationId: { $ref: '#/components/correlationIds/seqno' },
    payload: { $ref: `#/components/schemas/${name}` },
    examples: [{ name: 'example', payload: exampleValue(schema, types) }],
  }
}
