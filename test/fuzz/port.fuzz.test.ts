import { createSeededRandom } from '@wsrv/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEchoServer } from '../support/echo-server.ts'
import { heldBytes } from '../support/memory.ts'
import { TcpPeer } from '../support/tcp-peer.ts'
import { Witness } from '../support/witness.ts'
import { createBudget, MAX_TEST_MS, SEED } from './budget.ts'
import { type Life, live } from './lives.ts'
import { below, garbage, type Random, randomHandshake, tameFrame, wildFrame } from './random-bytes.ts'

const MAX_GROWTH_BYTES = 6 * 2 ** 20
const LIVES_AT_ONCE = 16
// Unreadable messages are forgiven, so that a life is long; no heartbeat, so that every frame is an answer.
const server = createEchoServer({ limits: { maxBadMessages: 1_000 }, heartbeatTimeoutMs: 0 })
let port = 0
let witness: Witness

beforeAll(async () => {
  port = (await server.listen(0, { host: '127.0.0.1' })).port
  witness = await Witness.open(port)
})

afterAll(async () => {
  witness.destroy()
  await server.close({ drainMs: 0 })
})

describe(`fuzzing a server's port (WSRV_FUZZ_SEED=${SEED})`, () => {
  it(
    'random and mutated frames harm no other connection and leave nothing behind',
    async () => {
      const { lives, frames, memory } = await fuzz((random) => {
        const tame = Array.from({ length: below(random, 120) }, () => tameFrame(random))
        const wild = Array.from({ length: below(random, 4) }, () => wildFrame(random))
        const bytes = Buffer.concat([...tame, ...wild])
        return { life: { begin: TcpPeer.open, bytes, random }, frames: tame.length + wild.length, check: expectFrames }
      })
      console.log(`fuzz: ${frames} frames in ${lives} connections, ${memory}, WSRV_FUZZ_SEED=${SEED}`)
    },
    MAX_TEST_MS,
  )

  it(
    'garbage, other HTTP and half handshakes harm no other connection and leave nothing behind',
    async () => {
      const { lives, memory } = await fuzz((random) => {
        const bytes = Buffer.concat([randomHandshake(random), garbage(random, 50)])
        // A handshake counts as a frame: a tenth of the budget's number.
        return { life: { begin: TcpPeer.connect, bytes, random }, frames: 10, check: expectHttp }
      })
      console.log(`fuzz: ${lives} handshakes, ${memory}, WSRV_FUZZ_SEED=${SEED}`)
    },
    MAX_TEST_MS,
  )
})

interface Attempt {
  readonly life: Life
  readonly frames: number
  readonly check: (peer: TcpPeer) => Promise<void>
}

/** What a fuzz did, and in words what it left of memory. */
interface Outcome {
  readonly lives: number
  readonly frames: number
  readonly memory: string
}

/** Lives many lives at once, the witness calling all the while. Life n is the same for the same seed. */
async function fuzz(next: (random: Random) => Attempt): Promise<Outcome> {
  const hasMore = createBudget()
  let lives = 0
  let frames = 0
  const livesOn = async (): Promise<void> => {
    while (hasMore(frames)) {
      const seed = SEED + lives++
      const attempt = next(createSeededRandom(seed))
      frames += attempt.frames
      const peer = await live(port, attempt.life)
      await attempt.check(peer).catch((error) => {
        throw new Error(`life ${seed} of WSRV_FUZZ_SEED=${SEED}`, { cause: error })
      })
    }
  }
  await livesOnce(next)
  const before = await heldBytes()
  const crowd = Promise.all(Array.from({ length: LIVES_AT_ONCE }, livesOn))
  let isOver = false
  void crowd
    .finally(() => {
      isOver = true
    })
    .catch(() => undefined)
  while (!isOver) await witness.call()
  await crowd
  await untilAlone()
  const growthBytes = (await heldBytes()) - before
  expect(growthBytes).toBeLessThan(MAX_GROWTH_BYTES)
  return { lives, frames, memory: `${inMib(growthBytes)} more held, RSS ${inMib(process.memoryUsage.rss())}` }
}

function inMib(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`
}

/** What is compiled and pooled once is there before memory is measured. */
async function livesOnce(next: (random: Random) => Attempt): Promise<void> {
  for (let seed = 0; seed < 50; seed += 1) await live(port, next(createSeededRandom(seed)).life)
  await untilAlone()
}

async function untilAlone(): Promise<void> {
  while (server.sessions.size > 1) await witness.call()
}

/** Everything the server wrote is whole frames that it may send; an empty text shows that a long message comes along. RFC 6455 §5.1, §5.2. */
async function expectFrames(peer: TcpPeer): Promise<void> {
  for (let said = await peer.next(); said !== 'end'; said = await peer.next()) {
    expect(said).toMatch(/^(text (\{|$)|binary "\{|pong|close)/)
  }
}

async function expectHttp(peer: TcpPeer): Promise<void> {
  const said = Buffer.from(peer.receivedBytes).toString('latin1')
  expect(said).toMatch(/^$|^HTTP\/1\.1 (101|4\d\d) /)
}
