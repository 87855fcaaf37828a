import { describe } from '@wsrv/protocol'
import { checkCmd, checkForeignCmd, isCmd } from './check/check-cmd.ts'
import { checkCommand } from './check/check-command.ts'
import { checkNames, type NamedExport } from './check/check-names.ts'
import { checkPresences } from './check/check-presences.ts'
import { checkPush } from './check/check-push.ts'
import { checkRenames } from './check/check-renames.ts'
import { checkOptions } from './check/check-spelling.ts'
import { type CommandDefinition, type CommandSpec, type ErrorSpec, formerNames } from './command.ts'
import { type CommandContract, type Contract, codeName, type ErrorContract, type PushContract } from './contract.ts'
import { type Exported, findExports, type SchemaModule } from './exports.ts'
import type { JsonSchema } from './json-schema.ts'
import type { PresenceDefinition } from './presence.ts'
import { type ContractProblem, type Place, placeProblems, type UnplacedProblem } from './problem.ts'
import type { PushDefinition } from './push.ts'
import { SchemaReader } from './read/schema-reader.ts'
import { pascalCase, snakeCase } from './word-case.ts'

/** How a contract is built. */
export interface BuildOptions {
  /**
   * Whether the server is of another make, such as a Go one: names, statuses and shapes are then taken as they are.
   * Default false.
   */
  readonly isForeign?: boolean | undefined
}

/** What {@link buildContract} returns: the contract, complete only when there is no problem. */
export interface BuiltContract {
  readonly contract: Contract
  /** Everything that is wrong, in the order of the modules. */
  readonly problems: readonly ContractProblem[]
  /** The export behind each command and push, by `cmd`. */
  readonly places: ReadonlyMap<string, Place>
  /** The export behind the presence; absent when the contract has none. */
  readonly presencePlace?: Place
  /** The export behind each named type, by the type's name. */
  readonly typePlaces: ReadonlyMap<string, Place>
}

/**
 * Builds the contract of everything that the modules export, and checks it.
 *
 * Throws nothing: all problems come back as data, so that the author sees them at once.
 */
export function buildContract(
  modules: readonly SchemaModule[],
  { isForeign = false }: BuildOptions = {},
): BuiltContract {
  const exports = findExports(modules)
  const check = isForeign ? checkForeignCmd : checkCmd
  const named = { commands: exports.commands.map(nameExport), pushes: exports.pushes.map(nameExport) }
  const all = [...named.commands, ...named.pushes]
  const reader = new SchemaReader(exports.schemas)
  const commands = named.commands.map((command) => readCommand(command, reader))
  const pushes = named.pushes.map((push) => readPush(push, reader))
  const [declared] = exports.presences
  const presence = declared && readPresence(declared, reader)
  const types = sortByKey(Object.fromEntries(reader.types))
  const problems = [
    ...all.flatMap((one) => placeProblems(one, check(one.cmd))),
    ...all.flatMap((one) => placeProblems(one, checkOptions(one.definition))),
    ...all.filter(isNameless).flatMap((one) => placeProblems(one, [DEFAULT_EXPORT])),
    ...checkNames(
      all.filter(({ cmd }) => check(cmd).length === 0),
      isForeign,
    ),
    ...checkRenames(all),
    ...reader.problems,
    ...checkPresences(exports.presences, presence, types),
    ...named.commands.flatMap((command, index) =>
      placeProblems(command, checkCommand(commands[index] as CommandContract, types, isForeign)),
    ),
    ...named.pushes.flatMap((push, index) =>
      placeProblems(push, checkPush(pushes[index] as PushContract, { commands, types })),
    ),
  ]
  return {
    contract: { commands: sortByCmd(commands), pushes: sortByCmd(pushes), ...(presence && { presence }), types },
    problems: sortByFile(problems, modules),
    places: new Map(all.map(({ cmd, file, exportName }) => [cmd, { file, exportName }])),
    ...(declared && { presencePlace: { file: declared.file, exportName: declared.exportName } }),
    typePlaces: reader.places,
  }
}

type NamedDefinition<Definition> = NamedExport & { readonly definition: Definition }

function nameExport<Definition extends CommandDefinition | PushDefinition>({
  file,
  exportName,
  value: definition,
}: Exported<Definition>): NamedDefinition<Definition> {
  const cmd = definition.spec.cmd ?? snakeCase(exportName)
  // What cannot be a name in code was not checked yet.
  const name = typeof cmd === 'string' && !isCmd(cmd) ? { name: exportName } : {}
  return { file, exportName, kind: definition.kind, cmd, ...name, definition }
}

function isNameless({ exportName, definition }: NamedDefinition<CommandDefinition | PushDefinition>): boolean {
  return exportName === 'default' && definition.spec.cmd === undefined
}

const DEFAULT_EXPORT: UnplacedProblem = {
  wrong: 'a default export has no name to make a cmd of',
  expected: 'a named export',
  advice: "Export it as a const, or give it a cmd: command({ cmd: 'register', … })",
}

const NO_DATA: JsonSchema = { type: 'object', properties: {} }

function readCommand(named: NamedDefinition<CommandDefinition>, reader: SchemaReader): CommandContract {
  const { cmd, definition } = named
  const { spec } = definition
  const { description, deprecated, params, stream, errors, idempotent, timeoutMs, rateLimit }: CommandSpec = spec
  const renamedFrom = formerNames(spec)
  return {
    cmd,
    ...(named.name !== undefined && { name: named.name }),
    ...(description !== undefined && { description }),
    ...(deprecated !== undefined && { deprecated }),
    ...(renamedFrom.length > 0 && { renamedFrom }),
    request: readData(named, spec.request, { path: 'request', suffix: 'Request' }, reader),
    ...(params !== undefined && params.length > 0 && { params: [...params] }),
    response: readData(named, spec.response, { path: 'response', suffix: 'Response' }, reader),
    ...(stream !== undefined && { stream: readData(named, stream, { path: 'stream', suffix: 'Item' }, reader) }),
    errors: Object.fromEntries(
      Object.entries(errors ?? {}).map(([name, spec]) => [name, readError(named, name, spec, reader)]),
    ),
    idempotent: idempotent ?? false,
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(rateLimit !== undefined && { rateLimit: { cost: rateLimit.cost } }),
  }
}

function readError(place: NamedExport, name: string, spec: ErrorSpec, reader: SchemaReader): ErrorContract {
  const site = { path: `errors.${name}.data`, suffix: `${pascalCase(name)}Data` }
  return {
    status: spec.status,
    ...(spec.description !== undefined && { description: spec.description }),
    data: readData(place, spec.data, site, reader),
  }
}

function readPush(named: NamedDefinition<PushDefinition>, reader: SchemaReader): PushContract {
  const { description, deprecated, data, whenSlow, coalesceBy, snapshot } = named.definition.spec
  return {
    cmd: named.cmd,
    ...(named.name !== undefined && { name: named.name }),
    ...(description !== undefined && { description }),
    ...(deprecated !== undefined && { deprecated }),
    data: readData(named, data, { path: 'data', suffix: 'Push' }, reader),
    ...(whenSlow !== undefined && whenSlow !== 'close' && { whenSlow }),
    ...(coalesceBy !== undefined && { coalesceBy }),
    ...(snapshot !== undefined && { snapshot }),
  }
}

function readPresence(declared: Exported<PresenceDefinition>, reader: SchemaReader): JsonSchema {
  return reader.read(declared.value.spec.value, { place: declared, path: 'value', typeName: 'Presence' })
}

function readData(
  place: NamedExport,
  schema: JsonSchema = NO_DATA,
  { path, suffix }: { readonly path: string; readonly suffix: string },
  reader: SchemaReader,
): JsonSchema {
  const name = typeof place.cmd === 'string' ? codeName(place) : describe(place.cmd)
  return reader.read(schema, { place, path, typeName: pascalCase(name) + suffix })
}

function sortByCmd<One extends { readonly cmd: string }>(all: readonly One[]): readonly One[] {
  return [...all].sort((one, other) => compare(one.cmd, other.cmd))
}

function sortByKey<Value>(record: Readonly<Record<string, Value>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).sort(([one], [other]) => compare(one, other)))
}

function sortByFile(
  problems: readonly ContractProblem[],
  modules: readonly SchemaModule[],
): readonly ContractProblem[] {
  const order = new Map(modules.map(({ file }, index) => [file, index]))
  const at = ({ file }: ContractProblem): number => order.get(file) ?? 0
  return [...problems].sort((one, other) => at(one) - at(other) || compare(one.exportName, other.exportName))
}

function compare(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
