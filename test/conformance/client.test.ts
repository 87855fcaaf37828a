import { type ClientOptions, type Gap, openStream, type SessionChange, type Stream, WsrvClient } from '@wsrv/client'
import { CommandError } from '@wsrv/protocol'
import { FakeClock, until } from '@wsrv/testing'
import { afterEach, describe, expect, it } from 'vitest'
import { type WebSocket, WebSocketServer } from 'ws'
import { type Extensions, readCases, type Settlement, type Step, wireOf } from './case.ts'

const closers: (() => unknown)[] = []

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

describe('the client keeps its side of', () => {
  it.each(readCases().filter(({ ends }) => ends.includes('client')))(
    '($number) $title',
    async ({ steps, extensions }) => {
      const stage = await connect(extensions)
      for (const step of steps) await play(step, stage)
      expect(stage.frames).toEqual([])
    },
  )
})

interface Pushes {
  user_register: { uid: number }
}

interface Stage {
  readonly clock: FakeClock
  readonly client: WsrvClient<Pushes>
  /** The server's end of the newest connection. */
  socket: WebSocket
  /** Codes with which the client closed. */
  readonly closes: number[]
  /** Connections so far. */
  connections: number
  readonly frames: string[]
  readonly calls: Promise<Outcome>[]
  readonly aborts: AbortController[]
  readonly mismatches: (readonly string[])[]
  readonly changes: SessionChange[]
  readonly gaps: Gap[]
  readonly pushes: { readonly cmd: string; readonly data: unknown }[]
  readonly problems: unknown[]
  /** Streams that the application has opened, and what it has read. */
  readonly streams: Stream<number, unknown>[]
  readonly items: number[]
}

type Outcome = { readonly value: unknown } | { readonly error: unknown }

async function connect(extensions: Extensions | undefined): Promise<Stage> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  const connected = new Promise<WebSocket>((resolve) => server.once('connection', resolve))
  const clock = new FakeClock()
  const url = `ws://127.0.0.1:${(server.address() as { port: number }).port}`
  const problems: unknown[] = []
  const client = new WsrvClient<Pushes>(url, {
    clock,
    random: () => 0,
    ...speaking(extensions),
    onProblem: (problem) => problems.push(problem),
  })
  const nothing = { closes: [], connections: 0, calls: [], aborts: [], streams: [], items: [] }
  const stage: Stage = { clock, client, socket: await connected, frames: [], problems, ...nothing, ...listen(client) }
  server.on('connection', (socket) => watch(socket, stage))
  watch(stage.socket, stage)
  // With extensions the client is open only once its `$hello` is answered.
  await until(() => client.state === 'open' || stage.frames.length > 0)
  closers.push(() => new Promise((resolve) => server.close(resolve)))
  closers.push(() => {
    client.close()
    expect(clock.pendingTimers).toBe(0)
  })
  return stage
}

/** Notes what the application is told. */
function listen(client: WsrvClient<Pushes>): Pick<Stage, 'pushes' | 'mismatches' | 'changes' | 'gaps'> {
  const told: ReturnType<typeof listen> = { pushes: [], mismatches: [], changes: [], gaps: [] }
  client.on('user_register', (data) => told.pushes.push({ cmd: 'user_register', data }))
  client.onContractMismatch(({ differing }) => told.mismatches.push(differing))
  client.onSession((change) => told.changes.push(change))
  client.onGap('user_register', (gap) => told.gaps.push(gap))
  return told
}

function watch(socket: WebSocket, stage: Stage): void {
  stage.socket = socket
  stage.connections += 1
  socket.on('message', (bytes) => stage.frames.push(bytes.toString()))
  socket.on('close', (code) => stage.closes.push(code))
}

/** How a client speaks a conversation; the base protocol's are spoken without extensions, to the byte. */
function speaking(extensions: Extensions | undefined): ClientOptions {
  if (extensions === undefined) return { extensions: false, maxInFlight: 1_000 }
  const { contract, auth, sessions = false } = extensions
  const credentials = auth?.values()
  return {
    sessions,
    ...(contract !== undefined && { contract: { hash: contract, commands: { nothing: 'n1', register: 'r0' } } }),
    ...(credentials !== undefined && { auth: () => credentials.next().value }),
  }
}

/** Lets a step happen, or waits for it, and looks at what the application is told. */
async function play(step: Step, stage: Stage): Promise<void> {
  if (step.call !== undefined) call(step.call, stage)
  if (step.opens !== undefined) open(step.opens, stage)
  if (step.breaks) await stage.streams.at(-1)?.return()
  if (step.client !== undefined) {
    await until(() => stage.frames.length > 0)
    expect(stage.frames.shift()).toBe(wireOf(step.client).text)
  }
  if (step.wait !== undefined) await stage.clock.advance(step.wait)
  if (step.drops || step.restarts) await drop(stage)
  if (step.server !== undefined && !step.lost) {
    stage.socket.send(wireOf(step.server).text)
    await roundTrip(stage.socket)
  }
  if (step.closes?.by === 'client') await until(() => stage.closes.includes(step.closes?.code ?? 0))
  if (step.aborts !== undefined) stage.aborts.at(-1)?.abort(step.aborts)
  if (step.settles !== undefined) await expectOutcome(step.settles, stage)
  expectTold(step, stage)
}

function expectTold(step: Step, { items, pushes, changes, gaps, mismatches, problems }: Stage): void {
  if (step.items !== undefined) {
    const [first, last] = step.items
    expect(items.splice(0)).toEqual(Array.from({ length: last - first + 1 }, (_, index) => first + index))
  }
  if (step.pushed !== undefined) expect(pushes.shift()).toEqual(step.pushed)
  if (step.session !== undefined) expect(changes.shift()).toEqual(step.session)
  if (step.gap !== undefined) expect(gaps.shift()).toEqual(step.gap)
  if (step.mismatch !== undefined) expect(mismatches.shift()).toEqual(step.mismatch)
  if (step.reported !== undefined) expect(problems).toHaveLength(step.reported)
}

/** The connection breaks, and the client comes back. */
async function drop(stage: Stage): Promise<void> {
  const { connections, clock } = stage
  stage.socket.terminate()
  await until(async () => {
    await clock.advance(0)
    return stage.connections > connections
  })
}

function call({ cmd, data, timeoutMs }: NonNullable<Step['call']>, { client, calls, aborts }: Stage): void {
  const info = { cmd, errors: [[1001, 'uid_taken']] as const }
  const controller = new AbortController()
  aborts.push(controller)
  const settled = client.call<unknown>(info, data as object, { timeoutMs, signal: controller.signal })
  calls.push(
    settled.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    ),
  )
}

function open({ cmd, data }: NonNullable<Step['opens']>, { client, calls, streams, items }: Stage): void {
  const stream = openStream<number, unknown>(client, { cmd }, data)
  streams.push(stream)
  calls.push(
    stream.response.then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    ),
  )
  const read = async (): Promise<void> => {
    for await (const item of stream) items.push(item)
  }
  void read()
}

async function expectOutcome(expected: Settlement, { calls }: Stage): Promise<void> {
  // The call that settled may not be the oldest: replies come in any order.
  const index = await Promise.race(calls.map((outcome, at) => outcome.then(() => at)))
  const outcome = await calls.splice(index, 1)[0]
  if (expected.reason !== undefined) return expect(outcome).toEqual({ error: expected.reason })
  if (expected.error === undefined) return expect(outcome).toEqual({ value: expected.value })
  const { error } = outcome as { readonly error: unknown }
  expect(error).toBeInstanceOf(CommandError)
  expect(error).toMatchObject(expected.error)
}

/** A pong comes back after everything sent before the ping has been read, unless that made the client close. */
function roundTrip(socket: WebSocket): Promise<unknown> {
  socket.ping()
  return new Promise((resolve) => socket.once('pong', resolve).once('close', resolve))
}
