import { type Clock, MAX_MESSAGE_BYTES, systemClock } from '@wsrv/protocol'
import type { CommandContract, Contract, PushContract } from '@wsrv/schema'
import {
  type CloseOptions,
  type CommandHandler,
  type Context,
  createServer,
  createWsTransport,
  type Reply,
  type Server,
} from '@wsrv/server'
import { checkScript } from './check-script.ts'
import { type DroppableTransport, droppable } from './droppable-transport.ts'
import type { Mock, MockOptions, MockRequest } from './mock.ts'
import { checkDelay, type FaultSettings, readFaults } from './mock-faults.ts'
import type { MockScript, ScriptedAnswer } from './mock-script.ts'
import { MockValues } from './mock-values.ts'
import { PushSchedule } from './push-schedule.ts'
import { ScriptPlayer } from './script-player.ts'

/** Types of a contract that is known at run time only. */
export interface MockApi {
  readonly commands: Readonly<Record<string, { request: unknown; response: unknown; errors: Record<string, unknown> }>>
  readonly pushes: Readonly<Record<string, unknown>>
  readonly session: Readonly<Record<string, unknown>>
}

type Handler = CommandHandler<MockApi, string>

/** Most requests that are remembered: what a test looks at, and no leak in a mock that serves for days. */
const MAX_REQUESTS = 1_000

/** Midnight of the first of January 2026. */
const USUAL_NOW_MS = Date.UTC(2026, 0, 1)

/** The parts of a mock, put together. */
export class MockImpl implements Mock<MockApi> {
  readonly server: Server<MockApi>
  readonly requests: MockRequest[] = []
  readonly #contract: Contract
  readonly #clock: Clock
  readonly #transport: DroppableTransport
  readonly #faults: FaultSettings
  readonly #values: MockValues
  readonly #script: MockScript
  readonly #schedule: PushSchedule
  readonly #own: ReadonlyMap<string, Handler>
  #handlers: Map<string, Handler>
  #player: ScriptPlayer

  constructor(contract: Contract, options: MockOptions<MockApi>) {
    const { handlers = {}, script = {}, seed = 1, nowMs = USUAL_NOW_MS, faults, server = {} } = options
    const problems = checkScript(script, contract)
    if (problems.length > 0) throw new TypeError(`the script is wrong: ${problems.join(' ')}`)
    this.#contract = contract
    this.#script = script
    this.#faults = readFaults(faults)
    this.#clock = server.clock ?? systemClock
    this.#values = new MockValues(contract, { seed, nowMs })
    this.#own = new Map(Object.entries(handlers).filter((entry): entry is [string, Handler] => entry[1] !== undefined))
    this.#handlers = new Map(this.#own)
    this.#player = new ScriptPlayer(script)
    const { maxMessageBytes = MAX_MESSAGE_BYTES } = server.limits ?? {}
    this.#transport = droppable(server.transport ?? createWsTransport({ maxMessageBytes }))
    this.server = createServer<MockApi>(contract, { ...server, transport: this.#transport })
    for (const command of contract.commands) {
      this.server.handle(command.cmd, (c) => this.#serve(command, c as Context<MockApi>))
    }
    this.#schedule = this.#startSchedule()
  }

  answer(handlers: Readonly<Record<string, Handler | undefined>>): void {
    for (const [cmd, handler] of Object.entries(handlers)) {
      this.#command(cmd)
      if (handler !== undefined) this.#handlers.set(cmd, handler)
    }
  }

  reset(): void {
    this.#handlers = new Map(this.#own)
    this.#player = new ScriptPlayer(this.#script)
    this.#values.reset()
    this.requests.length = 0
  }

  close(options?: CloseOptions): Promise<void> {
    this.#schedule.stop()
    return this.server.close(options)
  }

  async #serve(command: CommandContract, c: Context<MockApi>): Promise<unknown> {
    const { cmd, data, sid } = c
    this.requests.push({ cmd, data, sid })
    if (this.requests.length > MAX_REQUESTS) this.requests.shift()
    const handler = this.#handlers.get(cmd)
    const scripted = handler === undefined ? this.#player.next(cmd, data) : undefined
    const fate = this.#values.fate(command, data, this.#faults)
    await this.#wait(fate.delayMs + (scripted?.delayMs ?? 0), c.signal)
    if (fate.isDropped || scripted?.drop) this.#transport.drop(c.request)
    if (fate.isError) return this.#fail(command, c)
    if (handler !== undefined) return handler(c)
    return scripted === undefined ? this.#values.response(command, data) : this.#answerScripted(command, c, scripted)
  }

  #answerScripted(command: CommandContract, c: Context<MockApi>, scripted: ScriptedAnswer): unknown {
    const { data, error, status = 0, msg = 'scripted', pushes = [] } = scripted
    for (const { push, data: pushed } of pushes) c.push(push, pushed ?? this.#values.push(this.#push(push)))
    if (error !== undefined) {
      const detail = data ?? this.#values.errorData(command, error, c.data)
      return c.error(error, detail, scripted.msg)
    }
    if (status !== 0) return c.abort(status, msg, data)
    return data ?? this.#values.response(command, c.data)
  }

  /** One of the command's own errors; 500 where it has none. */
  #fail(command: CommandContract, c: Context<MockApi>): Reply {
    const name = this.#values.pickError(command)
    if (name === undefined) return c.abort(INTERNAL, 'the mock fails on purpose')
    return c.error(name, this.#values.errorData(command, name, c.data))
  }

  #wait(ms: number, signal: AbortSignal): Promise<void> {
    if (ms === 0) return Promise.resolve()
    return new Promise((resolve) => {
      const end = (): void => {
        this.#clock.clearTimeout(timer)
        signal.removeEventListener('abort', end)
        resolve()
      }
      const timer = this.#clock.setTimeout(end, ms)
      signal.addEventListener('abort', end)
    })
  }

  /** Pushes flow while there is a session. */
  #startSchedule(): PushSchedule {
    const jobs = (this.#script.pushes ?? []).map(({ push, everyMs, data }) => {
      checkDelay('everyMs', everyMs)
      const contract = this.#push(push)
      return { everyMs, run: () => this.server.broadcast(push, data ?? this.#values.push(contract)) }
    })
    const schedule = new PushSchedule(this.#clock, jobs)
    this.server.onConnect(() => schedule.start())
    this.server.onDisconnect(() => {
      if ([...this.server.sessions.values()].every(({ isOpen }) => !isOpen)) schedule.stop()
    })
    return schedule
  }

  #command(cmd: string): CommandContract {
    return find(this.#contract.commands, 'command', cmd)
  }

  #push(name: string): PushContract {
    return find(this.#contract.pushes, 'push', name)
  }
}

function find<Member extends { readonly cmd: string }>(members: readonly Member[], kind: string, cmd: string): Member {
  const found = members.find((one) => one.cmd === cmd)
  if (found === undefined) throw new TypeError(`the contract has no ${kind} "${cmd}"`)
  return found
}

const INTERNAL = 500
