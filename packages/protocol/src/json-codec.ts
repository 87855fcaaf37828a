import type { ClientCodec, Codec, Payload } from './codec.ts'
import type { Request, Response, Unanswered } from './envelope.ts'
import { PEEK_BYTES } from './limits.ts'

/** The base protocol's codec: UTF-8 JSON. PROTOCOL.md §Messages; RFC 8259. */
export const jsonCodec: Codec = { name: 'json', encode, decode, peek }

/** All of {@link jsonCodec} that a client needs, so that its bundle holds no more. */
export const jsonClientCodec: ClientCodec = { encode: encodeRequest, decode }

function encode(envelope: Request | Response | Unanswered): Payload {
  return JSON.stringify(envelope)
}

/** @throws TypeError for data that JSON would write as something else: a `Map` as `{}`, NaN as null. */
function encodeRequest(envelope: Request | Response | Unanswered): Payload {
  const text = JSON.stringify(envelope)
  const mangled = findMangled(envelope.data)
  if (mangled !== undefined) throw new TypeError(`data${mangled}`)
  return text
}

/** The first value that JSON mangles without a word, in words: `/scores/1 is NaN`, with its place as a JSON pointer. */
function findMangled(value: unknown): string | undefined {
  const type = typeof value
  if (value == null || type === 'string' || type === 'boolean' || Number.isFinite(value)) return undefined
  if (type === 'number') return ` is ${value}`
  if (type === 'object' && 'toJSON' in (value as object)) return undefined
  const kind = Object.prototype.toString.call(value).slice(8, -1)
  if (kind !== 'Object' && kind !== 'Array') return ` is ${kind}`
  for (const key of Object.keys(value)) {
    const mangled = findMangled((value as Readonly<Record<string, unknown>>)[key])
    if (mangled) return `/${key}${mangled}`
  }
  return undefined
}

function decode(payload: Payload): unknown {
  if (typeof payload === 'string') return JSON.parse(payload)
  strictUtf8 ??= createDecoder()
  return JSON.parse(strictUtf8.decode(payload))
}

function peek(payload: Payload): ReturnType<Codec['peek']> {
  const head =
    typeof payload === 'string' ? payload.slice(0, PEEK_BYTES) : looseUtf8.decode(payload.subarray(0, PEEK_BYTES))
  return { cmd: peekString(head, CMD), seqno: peekString(head, SEQNO) }
}

/**
 * Writes a response whose data is JSON text already, with the keys of {@link Response} in their order. For servers that write
 * data by its schema.
 */
export function writeJsonResponse({ cmd, seqno, status, msg }: Response, data: string): string {
  const head = `{"cmd":${writeJsonString(cmd)},"seqno":${writeJsonString(seqno)},"status":${status}`
  return `${head},"msg":${writeJsonString(msg)},"data":${data}}`
}

/** A string as JSON text. Short ones without anything to escape, the usual case, are only put in quotes. */
export function writeJsonString(text: string): string {
  return text.length < MAX_SCANNED_CHARS && !ESCAPED.test(text) ? `"${text}"` : JSON.stringify(text)
}

/** A value as JSON text; `undefined` for what JSON has no word for. */
export function writeJson(value: unknown): string | undefined {
  return JSON.stringify(value)
}

/** Beyond it `JSON.stringify` is faster than a look. */
const MAX_SCANNED_CHARS = 64

/** What JSON escapes: control characters, quotes, backslashes and lone surrogates. */
const ESCAPED = /[^ !\u0023-\u005b\u005d-\ud7ff\ue000-\uffff]/

let strictUtf8: TextDecoder | undefined

/** Made when the first binary frame comes: React Native's decoder knows no `fatal` and throws. */
function createDecoder(): TextDecoder {
  try {
    return new TextDecoder('utf-8', { fatal: true })
  } catch {
    return new TextDecoder()
  }
}

const looseUtf8 = /* @__PURE__ */ new TextDecoder()

const CMD = /"cmd"\s*:\s*("(?:[^"\\]|\\.){1,128}")/
const SEQNO = /"seqno"\s*:\s*("(?:[^"\\]|\\.){1,64}")/

function peekString(head: string, pattern: RegExp): string {
  const literal = pattern.exec(head)?.[1]
  if (literal === undefined) return ''
  try {
    return JSON.parse(literal) as string
  } catch {
    return ''
  }
}
