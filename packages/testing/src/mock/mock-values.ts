import type { CommandContract, Contract, JsonSchema, PushContract } from '@wsrv/schema'
import { viewObject } from '@wsrv/schema'
import { explainRequest } from '@wsrv/server/validation'
import { createDraw, type Draw } from './draw.ts'
import { drawValue } from './draw-value.ts'
import type { FaultSettings } from './mock-faults.ts'

/** What {@link MockValues} draw by. */
interface MockSeed {
  readonly seed: number
  readonly nowMs: number
}

/** What happens to a request. */
interface Fate {
  readonly delayMs: number
  readonly isError: boolean
  readonly isDropped: boolean
}

/** Draws a mock's answers: the same for the same seed and the same requests, however requests of others come between. */
export class MockValues {
  readonly #contract: Contract
  readonly #seed: MockSeed
  /** How often each name was drawn for, of what differs each time. */
  readonly #counts = new Map<string, number>()

  constructor(contract: Contract, seed: MockSeed) {
    this.#contract = contract
    this.#seed = seed
  }

  /** Draws as at the beginning again. */
  reset(): void {
    this.#counts.clear()
  }

  response(command: CommandContract, data: unknown): unknown {
    const { cmd, idempotent, response } = command
    const turn = idempotent ? 0 : this.#count(`response ${cmd}`)
    return this.#draw(response, `${cmd} ${turn} ${JSON.stringify(data)}`, data)
  }

  errorData(command: CommandContract, name: string, data: unknown): unknown {
    return this.#draw(command.errors[name]?.data ?? {}, `${command.cmd} ${name} ${JSON.stringify(data)}`, data)
  }

  push({ cmd, data }: PushContract): unknown {
    return this.#draw(data, `${cmd} ${this.#count(`push ${cmd}`)}`, undefined)
  }

  /** The name of one of a command's errors; `undefined` when it has none. */
  pickError({ cmd, errors }: CommandContract): string | undefined {
    const names = Object.keys(errors)
    return names.length === 0 ? undefined : this.#open(`error ${cmd} ${this.#count(`error ${cmd}`)}`).pick(names)
  }

  fate({ cmd }: CommandContract, data: unknown, faults: FaultSettings): Fate {
    const { latencyMs, slowRate, slowMs, errorRate, dropRate } = faults
    const draw = this.#open(`fate ${cmd} ${this.#count(`fate ${cmd}`)} ${JSON.stringify(data)}`)
    const [least, most] = latencyMs
    const delayMs = least + draw.random() * (most - least) + (draw.chance(slowRate) ? slowMs : 0)
    return { delayMs, isError: draw.chance(errorRate), isDropped: draw.chance(dropRate) }
  }

  #draw(schema: JsonSchema, seed: string, request: unknown): unknown {
    const { types } = this.#contract
    const value = drawValue(schema, types, this.#open(seed))
    const known =
      isObject(request) && isObject(value) ? sameNames(request, viewObject(schema, types)?.keys() ?? []) : {}
    if (Object.keys(known).length === 0) return value
    const repeated = { ...(value as object), ...known }
    return explainRequest(schema, repeated, types).total === 0 ? repeated : value
  }

  #open(seed: string): Draw {
    return createDraw(`${this.#seed.seed} ${seed}`, this.#seed.nowMs)
  }

  #count(name: string): number {
    const count = (this.#counts.get(name) ?? 0) + 1
    this.#counts.set(name, count)
    return count
  }
}

/** Simple values of a request by the names that an answer has, too. */
function sameNames(
  request: Readonly<Record<string, unknown>>,
  names: Iterable<string>,
): Readonly<Record<string, unknown>> {
  const shared = [...names].filter((name) => Object.hasOwn(request, name) && typeof request[name] !== 'object')
  return Object.fromEntries(shared.map((name) => [name, request[name]]))
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
