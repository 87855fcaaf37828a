import { mkdirSync, writeFileSync } from 'node:fs'
import { BUILD } from '../build/paths.ts'
import type { Message } from '../contestants/contestant.ts'

/** Writes messages as masked client frames, end to end, for the generator; returns the file's path. RFC 6455 §5.2. */
export function writeFrames(name: string, messages: readonly Message[]): string {
  mkdirSync(`${BUILD}/frames`, { recursive: true })
  const path = `${BUILD}/frames/${process.pid}-${name}.bin`
  writeFileSync(path, Buffer.concat(messages.map(frame)))
  return path
}

function frame(message: Message): Buffer {
  const payload = Buffer.from(message)
  const firstByte = typeof message === 'string' ? 0x81 : 0x82
  const masked = payload.map((byte, at) => byte ^ (MASK[at % 4] ?? 0))
  return Buffer.concat([Buffer.from([firstByte]), maskedLength(payload.length), MASK, masked])
}

function maskedLength(bytes: number): Buffer {
  if (bytes < 126) return Buffer.from([0x80 | bytes])
  if (bytes >= 65_536) throw new Error(`a frame of ${bytes} bytes is more than the bench was made for`)
  return Buffer.from([0x80 | 126, bytes >> 8, bytes & 0xff])
}

/** Any but zeros: a server may find those cheap. */
const MASK = Buffer.from([0x37, 0xfa, 0x21, 0x3d])
