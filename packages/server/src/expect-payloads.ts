import { type Codec, describe } from '@wsrv/protocol'

/**
 * A user's codec that is held to its word: what it writes is a payload, or the write fails and the rest of the server lives.
 *
 * @throws TypeError from `encode` when the codec writes something else, such as a promise.
 */
export function expectPayloads(codec: Codec): Codec {
  return {
    name: codec.name,
    encode: (envelope) => {
      const payload: unknown = codec.encode(envelope)
      if (typeof payload === 'string' || payload instanceof Uint8Array) return payload
      throw new TypeError(`codec ${codec.name} must write a string or bytes, got ${describe(payload)}`)
    },
    decode: (payload) => codec.decode(payload),
    peek: (payload) => codec.peek(payload),
  }
}
