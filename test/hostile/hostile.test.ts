import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { DEAR_MESSAGES } from './dear-messages.ts'
import { Victim } from './victim.ts'

/**
 * What one message may hold the event loop for, in ms of CPU time. Where others use the machine each ms of it counts for less: there
 * it is five honest messages of the same size.
 */
const MAX_HOLD_MS = 50
const MAX_HONEST_MESSAGES = 5
const HONEST = DEAR_MESSAGES.find(({ name }) => name === 'many good records')?.text ?? ''
const MAX_GROWTH_BYTES = 100 * 2 ** 20
const MAX_LINES_PER_SECOND = 100
const FLOOD_MS = 800

let victim: Victim
let honestMs = Infinity
const sockets: WebSocket[] = []

beforeAll(async () => {
  victim = await Victim.start()
  // What is only slow once is not what a stranger can repeat: schemas are compiled, code is warm.
  for (const { text } of DEAR_MESSAGES) await hold(text)
  for (let attempt = 0; attempt < 5; attempt += 1) honestMs = Math.min(honestMs, (await hold(HONEST)).cpuMs)
}, 60_000)

afterAll(() => {
  for (const socket of sockets) socket.terminate()
  victim.kill()
})

async function connect(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`)
  socket.on('error', () => undefined)
  sockets.push(socket)
  await once(socket, 'open')
  return socket
}

/** The CPU time in ms that a message costs, and its answer. */
async function hold(text: string): Promise<{ readonly cpuMs: number; readonly answer: string }> {
  const socket = await connect(victim.port)
  const before = await victim.sample()
  socket.send(text)
  const [answer] = await once(socket, 'message')
  const { cpuMs } = await victim.sample()
  socket.terminate()
  return { cpuMs: cpuMs - before.cpuMs, answer: String(answer) }
}

/** Sends on so many connections, as fast as they take it, for a while. */
async function flood(port: number, connections: number, message: (n: number) => string): Promise<void> {
  const attackers = await Promise.all(Array.from({ length: connections }, () => connect(port)))
  const end = performance.now() + FLOOD_MS
  for (let n = 0; performance.now() < end; ) {
    for (const attacker of attackers) {
      for (let burst = 0; burst < 20 && attacker.bufferedAmount < 1_000_000; burst += 1) attacker.send(message(n++))
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  for (const attacker of attackers) attacker.terminate()
}

describe('one message', () => {
  it.each(DEAR_MESSAGES)('of at most 1 MiB holds the server for no more than 50 ms: $name', async ({ text }) => {
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2 ** 20)
    // The least of some: garbage of the one before is collected during another.
    const most = Math.max(MAX_HOLD_MS, MAX_HONEST_MESSAGES * honestMs)
    let least = Infinity
    for (let attempt = 0; attempt < 8 && least > most; attempt += 1) {
      const { cpuMs, answer } = await hold(text)
      least = Math.min(least, cpuMs)
      expect(answer.length).toBeLessThan(8_192)
    }
    expect(least).toBeLessThanOrEqual(most)
  })
})

describe.each([1, 10])('strangers on %i connections', (connections) => {
  const limitsHold = async (attack: () => Promise<void>): Promise<Record<string, number>> => {
    const before = await victim.sample('settled sample')
    const begin = performance.now()
    await attack()
    const seconds = (performance.now() - begin) / 1_000
    const after = await victim.sample('settled sample')
    expect(after.rssBytes - before.rssBytes).toBeLessThan(MAX_GROWTH_BYTES)
    // The first second and the last are begun seconds, too.
    expect(after.logLines - before.logLines).toBeLessThan(MAX_LINES_PER_SECOND * (seconds + 1))
    return {
      handlers: after.handlersStarted - before.handlersStarted,
      hooks: after.hooksStarted - before.hooksStarted,
    }
  }

  it('start no more handlers than maxInFlight says, whatever they cancel', async () => {
    const { handlers } = await limitsHold(() =>
      flood(victim.port, connections, (n) =>
        n % 2 === 0
          ? `{"cmd":"work","seqno":"w${n}","timeoutMs":1}`
          : `{"cmd":"$cancel","seqno":"c${n}","data":{"seqno":"w${n - 1}"}}`,
      ),
    )
    expect(handlers).toBeGreaterThan(0)
    expect(handlers).toBeLessThanOrEqual(10 * connections)
  })

  it('start no more than one authenticate hook each, whatever they cancel', async () => {
    const { hooks } = await limitsHold(() =>
      flood(victim.guardedPort, connections, (n) =>
        n % 2 === 0
          ? `{"cmd":"$hello","seqno":"h${n}","data":{"client":"c","auth":${n}}}`
          : `{"cmd":"$cancel","seqno":"c${n}","data":{"seqno":"h${n - 1}"}}`,
      ),
    )
    expect(hooks).toBeGreaterThan(0)
    expect(hooks).toBeLessThanOrEqual(connections)
  })

  it.each([
    ['good requests', '{"cmd":"anything","seqno":"a"}'],
    ['data that does not match', `{"cmd":"enum","seqno":"a","data":{"list":[${'"x",'.repeat(100)}"x"]}}`],
    ['commands before their credentials', '{"cmd":"$ping","seqno":"p"}'],
  ])('do not flood the log nor fill the memory with %s', async (_, message) => {
    await limitsHold(() => flood(victim.port, connections, () => message))
  })
})
