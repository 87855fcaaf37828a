import { MAX_TIMER_MS } from '@wsrv/protocol'
import type { CommandContract, Contract, ErrorContract } from '@wsrv/schema'
import { OutgoingSchema } from '../serializer/outgoing-schema.ts'
import { createDefaultsFiller, type DefaultsFiller } from '../validation/defaults.ts'
import { SchemaCheck } from '../validation/validation.ts'

/** A command of the contract, ready to check what comes and goes. */
export interface CommandChecks {
  readonly cmd: string
  /** Time its handler may take, in ms; `undefined` for the server's own. */
  readonly timeoutMs: number | undefined
  /** What a request takes of its session's requests per second. */
  readonly cost: number
  /** `undefined` when the request has no defaults. */
  readonly fillDefaults: DefaultsFiller | undefined
  readonly request: SchemaCheck
  readonly response: OutgoingSchema
  /** `undefined` when the command is not a stream. */
  readonly item: OutgoingSchema | undefined
  /** By error name. */
  readonly errors: ReadonlyMap<string, ErrorCheck>
}

/** One error of a command. */
export interface ErrorCheck {
  readonly status: number
  /** The message when the handler passes none. */
  readonly msg: string
  readonly data: OutgoingSchema
}

/** What a request costs of which the contract says nothing, in requests. */
export const USUAL_COST = 1

/** Prepares a command's checks; nothing is compiled before its first use. */
export function createCommandChecks(
  command: CommandContract,
  { types, patterns }: Pick<Contract, 'types' | 'patterns'>,
): CommandChecks {
  return {
    cmd: command.cmd,
    // A stream goes on for as long as it is read.
    timeoutMs: command.timeoutMs ?? (command.stream === undefined ? undefined : MAX_TIMER_MS),
    cost: command.rateLimit?.cost ?? USUAL_COST,
    fillDefaults: createDefaultsFiller(command.request, types),
    request: new SchemaCheck(command.request, types, { patterns }),
    response: new OutgoingSchema(command.response, types),
    item: command.stream === undefined ? undefined : new OutgoingSchema(command.stream, types),
    errors: new Map(
      Object.entries(command.errors).map(([name, error]) => [name, createErrorCheck(name, error, types)]),
    ),
  }
}

function createErrorCheck(name: string, error: ErrorContract, types: Contract['types']): ErrorCheck {
  return { status: error.status, msg: error.description ?? name, data: new OutgoingSchema(error.data, types) }
}
