/** How a frame departs from what a client should send. */
export interface FrameFlaws {
  /** Leaves the payload unmasked, as only a server may. RFC 6455 §5.1. */
  readonly isUnmasked?: boolean
  /** Writes the length in 16 or 64 bits though fewer would do, RFC 6455 §5.2; or claims a length that is not the payload's. */
  readonly length?: { readonly bits: 7 | 16 | 64; readonly bytes: bigint | number }
}

/**
 * One client frame, byte by byte. RFC 6455 §5.2.
 *
 * @param firstByte FIN (0x80), RSV1–3 (0x70) and opcode: `0x81` is a whole text message, `0x01` its first fragment,
 * `0x80` its last, `0x89` a ping.
 */
export function frame(firstByte: number, payload: string | Uint8Array = '', flaws: FrameFlaws = {}): Buffer {
  const body = Buffer.from(payload)
  const length = flaws.length ?? { bits: shortestBits(body.length), bytes: body.length }
  const header = Buffer.concat([Buffer.of(firstByte), encodeLength(length.bits, BigInt(length.bytes))])
  if (flaws.isUnmasked) return Buffer.concat([header, body])
  header.writeUInt8(header.readUInt8(1) | MASKED, 1)
  return Buffer.concat([header, MASK, body.map((byte, at) => byte ^ (MASK[at % MASK.length] as number))])
}

const MASKED = 0x80
/** Of RFC 6455 §5.7's example. */
const MASK = Buffer.of(0x37, 0xfa, 0x21, 0x3d)

function shortestBits(bytes: number): 7 | 16 | 64 {
  if (bytes < 126) return 7
  return bytes < 65_536 ? 16 : 64
}

function encodeLength(bits: 7 | 16 | 64, bytes: bigint): Buffer {
  if (bits === 7) return Buffer.of(Number(bytes))
  const encoded = Buffer.alloc(1 + bits / 8, bits === 16 ? 126 : 127)
  if (bits === 16) encoded.writeUInt16BE(Number(bytes), 1)
  else encoded.writeBigUInt64BE(bytes, 1)
  return encoded
}
