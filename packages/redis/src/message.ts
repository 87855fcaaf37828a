import type { PresenceChange, SessionRequest } from '@wsrv/server'

/**
 * What servers say to each other on a channel, as bytes. A message holds everything that one turn has for its channel:
 *
 * ```text
 * message  'w' version:u8 node:str8 number:u48 entry*
 * entry    kind:u8 length:u32 body
 * push     cmd:str16 seqno:str8 except:str16 payload      kinds 1 (text) and 2 (binary)
 * others   JSON                                           kinds 3 to 7
 * ```
 *
 * Entries of a kind that is not known yet are skipped; another version is refused. Numbers are big-endian.
 */
export interface Message {
  /** The server that sent it. */
  readonly node: string
  /** Rises by one with each message of its server and partition, so that a repeated one is seen. */
  readonly number: number
  readonly entries: readonly Entry[]
}

export type Entry =
  | PushEntry
  | { readonly kind: 'lost'; readonly pushes: ReadonlyMap<string, number> }
  | { readonly kind: 'ask'; readonly id: number; readonly sid: string; readonly request: SessionRequest }
  | { readonly kind: 'answer'; readonly id: number; readonly isDone: boolean }
  | { readonly kind: 'presence'; readonly change: PresenceNews }
  | { readonly kind: 'probe'; readonly id: number }

export interface PushEntry {
  readonly kind: 'push'
  readonly cmd: string
  readonly seqno: string
  /** A session that is left out. */
  readonly except: string | undefined
  readonly payload: Uint8Array
  readonly isBinary: boolean
}

/** A presence change on its way; `room` and whose turn it is to act follow from where it arrives. */
export type PresenceNews = Pick<PresenceChange, 'kind' | 'sid' | 'node' | 'value'>

const MESSAGE_VERSION = 1

const MAGIC = 0x77
const KIND = { text: 1, binary: 2, lost: 3, ask: 4, answer: 5, presence: 6, probe: 7 } as const

/** Bytes before the entries, for a node id of 16 characters: what a message costs beside its content. */
const ENTRY_HEAD_BYTES = 5

/** Writes one entry. */
export function encodeEntry(entry: Entry): Buffer {
  if (entry.kind === 'push') return encodePush(entry)
  if (entry.kind === 'lost') return encodeJson(KIND.lost, Object.fromEntries(entry.pushes))
  const { kind, ...body } = entry
  return encodeJson(KIND[kind], body)
}

/** Puts a message before its entries, which {@link encodeEntry} wrote. */
export function encodeMessage(node: string, number: number, entries: readonly Buffer[]): Buffer {
  const head = Buffer.allocUnsafe(3 + node.length + 6)
  head[0] = MAGIC
  head[1] = MESSAGE_VERSION
  head[2] = node.length
  head.write(node, 3, 'latin1')
  head.writeUIntBE(number, 3 + node.length, 6)
  return Buffer.concat([head, ...entries])
}

/**
 * Reads a message.
 *
 * @throws Error that says what is wrong with it; whatever the bytes are, nothing else happens.
 */
export function decodeMessage(bytes: Buffer): Message {
  const reader = new ByteReader(bytes)
  if (bytes.length < 3 || reader.u8() !== MAGIC) throw new Error('not a message of a wsrv server')
  const version = reader.u8()
  if (version !== MESSAGE_VERSION) throw new Error(`message version ${version}, expected ${MESSAGE_VERSION}`)
  const node = reader.text(reader.u8())
  const number = reader.uint(6)
  const entries: Entry[] = []
  while (!reader.isAtEnd) {
    const kind = reader.u8()
    const entry = decodeEntry(kind, reader.bytes(reader.uint(4)))
    if (entry !== undefined) entries.push(entry)
  }
  return { node, number, entries }
}

function encodePush({ cmd, seqno, except = '', payload, isBinary }: PushEntry): Buffer {
  const cmdBytes = Buffer.byteLength(cmd)
  const seqnoBytes = Buffer.byteLength(seqno)
  const exceptBytes = Buffer.byteLength(except)
  const length = 2 + cmdBytes + 1 + seqnoBytes + 2 + exceptBytes + payload.length
  const entry = Buffer.allocUnsafe(ENTRY_HEAD_BYTES + length)
  entry[0] = isBinary ? KIND.binary : KIND.text
  let at = entry.writeUInt32BE(length, 1)
  at = entry.writeUInt16BE(cmdBytes, at)
  at += entry.write(cmd, at)
  at = entry.writeUInt8(seqnoBytes, at)
  at += entry.write(seqno, at)
  at = entry.writeUInt16BE(exceptBytes, at)
  at += entry.write(except, at)
  entry.set(payload, at)
  return entry
}

function encodeJson(kind: number, value: unknown): Buffer {
  const text = JSON.stringify(value)
  const entry = Buffer.allocUnsafe(ENTRY_HEAD_BYTES + Buffer.byteLength(text))
  entry[0] = kind
  entry.writeUInt32BE(entry.length - ENTRY_HEAD_BYTES, 1)
  entry.write(text, ENTRY_HEAD_BYTES)
  return entry
}

function decodeEntry(kind: number, body: Buffer): Entry | undefined {
  if (kind === KIND.text || kind === KIND.binary) return decodePush(body, kind === KIND.binary)
  if (kind === KIND.lost) return { kind: 'lost', pushes: readCounts(parse(body)) }
  if (kind === KIND.ask) return readAsk(parse(body))
  if (kind === KIND.answer) return readAnswer(parse(body))
  if (kind === KIND.presence) return readPresence(parse(body))
  if (kind === KIND.probe) return { kind: 'probe', id: numberIn(parse(body), 'id') }
  return undefined
}

function decodePush(body: Buffer, isBinary: boolean): PushEntry {
  const reader = new ByteReader(body)
  const cmd = reader.text(reader.uint(2))
  const seqno = reader.text(reader.u8())
  const except = reader.text(reader.uint(2))
  return { kind: 'push', cmd, seqno, except: except === '' ? undefined : except, payload: reader.rest(), isBinary }
}

type Fields = Readonly<Record<string, unknown>>

function parse(body: Buffer): Fields {
  const value: unknown = JSON.parse(body.toString())
  if (typeof value !== 'object' || value === null) throw new Error('an entry that is not an object')
  return value as Fields
}

function readCounts(fields: Fields): Map<string, number> {
  return new Map(Object.keys(fields).map((name) => [name, numberIn(fields, name)]))
}

function readAsk(fields: Fields): Entry {
  const request = fields['request']
  if (typeof request !== 'object' || request === null) throw new Error('a question without a request')
  return {
    kind: 'ask',
    id: numberIn(fields, 'id'),
    sid: textIn(fields, 'sid'),
    request: readRequest(request as Fields),
  }
}

function readRequest(fields: Fields): SessionRequest {
  const kind = textIn(fields, 'kind')
  if (kind === 'close') return { kind, code: numberIn(fields, 'code'), reason: textIn(fields, 'reason') }
  if (kind === 'join' || kind === 'leave') return { kind, room: textIn(fields, 'room') }
  if (kind === 'find') return { kind }
  throw new Error(`an unknown request: ${kind}`)
}

function readAnswer(fields: Fields): Entry {
  return { kind: 'answer', id: numberIn(fields, 'id'), isDone: fields['isDone'] === true }
}

function readPresence(fields: Fields): Entry {
  const news = fields['change']
  if (typeof news !== 'object' || news === null) throw new Error('a presence change without its change')
  const change = news as Fields
  const kind = textIn(change, 'kind')
  if (kind !== 'entered' && kind !== 'changed' && kind !== 'left')
    throw new Error(`an unknown presence change: ${kind}`)
  const of = { sid: textIn(change, 'sid'), node: textIn(change, 'node') }
  return { kind: 'presence', change: { kind, ...of, value: change['value'] } }
}

function textIn(fields: Fields, name: string): string {
  const value = fields[name]
  if (typeof value !== 'string') throw new Error(`${name} is not a string`)
  return value
}

function numberIn(fields: Fields, name: string): number {
  const value = fields[name]
  if (!Number.isSafeInteger(value)) throw new Error(`${name} is not an integer`)
  return value as number
}

/** Reads forward through bytes that may end anywhere. */
class ByteReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  u8(): number {
    return this.uint(1)
  }

  uint(size: number): number {
    return this.bytes(size).readUIntBE(0, size)
  }

  text(length: number): string {
    return this.bytes(length).toString()
  }

  rest(): Buffer {
    return this.bytes(this.#bytes.length - this.#at)
  }

  bytes(length: number): Buffer {
    const end = this.#at + length
    if (end > this.#bytes.length) throw new Error(`cut off at byte ${this.#bytes.length}, expected ${end}`)
    const part = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return part
  }
}
