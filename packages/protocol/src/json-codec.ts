import type { ClientCodec, Codec, Payload } from './codec.ts'
import type { Request, Response } from './envelope.ts'
import { PEEK_BYTES } from './limits.ts'

/** The base protocol's codec: UTF-8 JSON. PROTOCOL.md §Messages; RFC 8259. */
export const jsonCodec: Codec = { name: 'json', encode, decode, peek }

/** All of {@link jsonCodec} that a client needs, so that its bundle holds no more. */
export const jsonClientCodec: ClientCodec = { encode, decode }

function encode(envelope: Request | Response): Payload {
  return JSON.stringify(envelope)
}

function decode(payload: Payload): unknown {
  return JSON.parse(typeof payload === 'string' ? payload : strictUtf8.decode(payload))
}

function peek(payload: Payload): ReturnType<Codec['peek']> {
  const head =
    typeof payload === 'string' ? payload.slice(0, PEEK_BYTES) : looseUtf8.decode(payload.subarray(0, PEEK_BYTES))
  return { cmd: peekString(head, CMD), seqno: peekString(head, SEQNO) }
}

const strictUtf8 = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true })
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
