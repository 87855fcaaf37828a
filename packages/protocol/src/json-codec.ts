import type { Codec } from './codec.ts'
import { PEEK_BYTES } from './limits.ts'

/** The base protocol's codec: UTF-8 JSON. PROTOCOL.md §Messages; RFC 8259. */
export const jsonCodec: Codec = {
  name: 'json',
  encode: (envelope) => JSON.stringify(envelope),
  decode: (payload) => JSON.parse(typeof payload === 'string' ? payload : strictUtf8.decode(payload)),
  peek: (payload) => {
    const head =
      typeof payload === 'string' ? payload.slice(0, PEEK_BYTES) : looseUtf8.decode(payload.subarray(0, PEEK_BYTES))
    return { cmd: peekString(head, CMD), seqno: peekString(head, SEQNO) }
  },
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })
const looseUtf8 = new TextDecoder()

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
