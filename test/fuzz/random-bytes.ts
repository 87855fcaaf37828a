import { frame } from '../support/frame.ts'
import { HANDSHAKE } from '../support/tcp-peer.ts'

/** Returns a number from 0 to below 1. */
export type Random = () => number

/** A whole number from 0 to below `end`. */
export function below(random: Random, end: number): number {
  return Math.floor(random() * end)
}

/** One of several. */
export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[below(random, items.length)] as Item
}

/** Bytes that mean nothing. */
export function garbage(random: Random, maxBytes: number): Buffer {
  return Buffer.from(Array.from({ length: below(random, maxBytes) }, () => below(random, 256)))
}

/** The bytes with a few of them changed, left out, repeated or cut off. */
function mutate(random: Random, bytes: Buffer): Buffer {
  let mutant = bytes
  for (let left = 1 + below(random, 4); left > 0; left -= 1) mutant = pick(random, MUTATIONS)(random, mutant)
  return mutant
}

type Mutation = (random: Random, bytes: Buffer) => Buffer

const MUTATIONS: readonly Mutation[] = [
  (random, bytes) => flipBit(bytes, below(random, bytes.length), below(random, 8)),
  (random, bytes) => splice(bytes, below(random, bytes.length), 1 + below(random, 4), Buffer.alloc(0)),
  (random, bytes) => splice(bytes, below(random, bytes.length), 0, garbage(random, 8)),
  (random, bytes) => splice(bytes, below(random, bytes.length), 0, bytes.subarray(0, below(random, bytes.length))),
  (random, bytes) => bytes.subarray(0, below(random, bytes.length)),
]

function flipBit(bytes: Buffer, at: number, bit: number): Buffer {
  const flipped = Buffer.from(bytes)
  if (flipped.length > 0) flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << bit), at)
  return flipped
}

function splice(bytes: Buffer, at: number, deleted: number, inserted: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + deleted)])
}

/** Requests, near-requests and other JSON, before they are mutated. */
const MESSAGES: readonly string[] = [
  '{"cmd":"echo","seqno":"a","data":{}}',
  '{"cmd":"echo","seqno":"a","data":[1,"é",null,{"😀":[]}]}',
  '{"cmd":"echo"}',
  '{"cmd":"nope","seqno":"a","data":{}}',
  '{"cmd":"__proto__","seqno":"__proto__","data":{"__proto__":{"x":1}}}',
  '{"cmd":"$hello","seqno":"h","data":{"client":"x"}}',
  '{"cmd":"$cancel","seqno":"c","data":{"seqno":"a"}}',
  '{"cmd":"echo","seqno":"a","timeoutMs":1,"traceparent":"00-x","data":{}}',
  `{"cmd":"echo","seqno":"d","data":${'['.repeat(70)}${']'.repeat(70)}}`,
  '[]',
  'null',
  '',
]

/** A frame that lets the connection go on, around a message that may be nonsense. */
export function tameFrame(random: Random): Buffer {
  return pick(random, TAME_FRAMES)(random)
}

/** A frame that the WebSocket layer closes the connection for, most of the time. */
export function wildFrame(random: Random): Buffer {
  return pick(random, WILD_FRAMES)(random)
}

const TAME_FRAMES: readonly ((random: Random) => Buffer)[] = [
  (random) => frame(pick(random, [0x81, 0x82]), pick(random, MESSAGES)),
  (random) => frame(pick(random, [0x81, 0x82]), pick(random, MESSAGES)),
  (random) => frame(0x82, mutate(random, Buffer.from(pick(random, MESSAGES)))),
  (random) => frame(0x82, garbage(random, 300)),
  (random) => frame(pick(random, [0x89, 0x8a]), garbage(random, 126)),
  (random) =>
    Buffer.concat([frame(0x01, '{"cmd":'), frame(0x89), frame(0x00), frame(0x80, pick(random, ['"x"}', '']))]),
]

const WILD_FRAMES: readonly ((random: Random) => Buffer)[] = [
  (random) => frame(0x81, mutate(random, Buffer.from(pick(random, MESSAGES)))),
  (random) => frame(pick(random, [0x01, 0x02, 0x00, 0x80]), pick(random, MESSAGES)),
  (random) => mutate(random, frame(0x81, pick(random, MESSAGES))),
  (random) => frame(below(random, 256), garbage(random, 200), { isUnmasked: random() < 0.2 }),
  (random) => frame(0x88, garbage(random, 130)),
  (random) =>
    frame(0x82, garbage(random, 40), {
      length: { bits: 64, bytes: BigInt(below(random, 2 ** 31)) << BigInt(below(random, 33)) },
    }),
  (random) => garbage(random, 100),
]

/** What a client may write before there is a WebSocket: handshakes, mutated ones, halves of them, other HTTP, nonsense. */
export function randomHandshake(random: Random): Buffer {
  return pick(random, HANDSHAKES)(random)
}

const HANDSHAKES: readonly ((random: Random) => Buffer)[] = [
  (random) => mutate(random, Buffer.from(HANDSHAKE)),
  (random) =>
    Buffer.from(
      HANDSHAKE.split('\r\n')
        .sort(() => random() - 0.5)
        .join('\r\n'),
    ),
  (random) => Buffer.from(HANDSHAKE.slice(0, below(random, HANDSHAKE.length))),
  (random) => Buffer.from(HANDSHAKE.replace('13', String(below(random, 300)))),
  (random) => Buffer.from(HANDSHAKE.replace('websocket', pick(random, ['h2c', 'WEBSOCKET, x', '']))),
  (random) => Buffer.from(HANDSHAKE.replace('GET', pick(random, ['POST', 'CONNECT', 'PRI', 'get', 'HEAD']))),
  (random) => Buffer.from(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${below(random, 1e9)}\r\n\r\nx`),
  (random) => Buffer.from(HANDSHAKE.replace('Host', `X: ${'x'.repeat(below(random, 40_000))}\r\nHost`)),
  (random) => garbage(random, 500),
]
