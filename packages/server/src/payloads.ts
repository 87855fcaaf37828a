import { type Codec, describe, type Payload } from '@wsrv/protocol'

/**
 * Checks that a user's codec returns a string or bytes, so that one bad encode fails only that message.
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

/** Size of a payload on the wire, in bytes; of none 0. */
export function sizeOf(payload: Payload = ''): number {
  return typeof payload === 'string' ? Buffer.byteLength(payload) : payload.length
}
