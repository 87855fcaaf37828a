import { buildContract, type Contract, type SchemaModule } from '@wsrv/schema'
import { checkEmitted } from './config/check-files.ts'
import { CONFIG_FILE, type Config, listClients } from './config/config.ts'
import { type Diagnostic, toDiagnostic } from './diagnostic.ts'
import { findChangesSince } from './diff/changes-since.ts'
import { findWrongDefaults } from './diff/find-wrong-defaults.ts'
import type { Emitter } from './emit/emitter.ts'
import type { GeneratedFile } from './emit/generated-file.ts'
import { chooseEmitters } from './emitters.ts'
import { lintContract } from './lint/lint-contract.ts'
import { Memo } from './memo.ts'
import { buildModel } from './model/build-model.ts'
import { hashContract } from './model/hash-contract.ts'
import type { Model } from './model/model.ts'
import { findIdlePatterns } from './model/select-members.ts'

/** What the generator makes of a contract: files, or everything that is wrong with it. */
export interface Generation {
  /** Empty when something is wrong with the contract. */
  readonly files: readonly GeneratedFile[]
  /** The same files, by the name of the emitter that made them. */
  readonly emitted: readonly (readonly [emitter: string, files: readonly GeneratedFile[]])[]
  /** What is wrong with the contract. */
  readonly diagnostics: readonly Diagnostic[]
  /** What in the contract costs a server more than it should. */
  readonly warnings: readonly Diagnostic[]
  /** What emitters failed with; the files of the others are there all the same. */
  readonly failures: readonly Diagnostic[]
}

/** How a generation runs. */
export interface GenerationOptions {
  /** File that a diagnostic about one of the config's own emitters names. Default `wsrv.config.ts`. */
  readonly configFile?: string | undefined
  /** The contract as it was last released: the server tells its clients what changed since. Default none. */
  readonly released?: Contract | undefined
  /** What earlier runs left, and what this one leaves. Default an empty one. */
  readonly memo?: Memo | undefined
}

/** Generates every file that a config asks for from loaded schema modules. Pure but for the memo. */
export function generate(
  config: Config,
  modules: readonly SchemaModule[],
  { configFile = CONFIG_FILE, released, memo = new Memo() }: GenerationOptions = {},
): Generation {
  const built = buildContract(modules, { isForeign: config.foreignServer })
  if (built.problems.length > 0) return failed(built.problems.map(toDiagnostic))
  const wrongDefaults = findWrongDefaults(built)
  if (wrongDefaults.length > 0) return failed(wrongDefaults.map(toDiagnostic))
  const lint = lintContract(built, { costs: memo.patterns, allowed: config.allowPatterns ?? {} })
  if (lint.problems.length > 0) return failed(lint.problems.map(toDiagnostic))
  const sources = modules.map(({ file }) => file)
  const contract = { ...built.contract, ...(lint.patterns !== undefined && { patterns: lint.patterns }) }
  const { model: bare, problems } = buildModel({ ...built, contract }, sources, memo)
  if (problems.length > 0) return failed(problems.map(toDiagnostic))
  const model = released === undefined ? bare : { ...bare, contract: withChanges(bare.contract, released, memo) }
  const idle = listClients(config).flatMap((client) => findIdlePatterns(model, client).map((one) => [client.path, one]))
  if (idle.length > 0) {
    return failed(
      idle.map(([path, pattern]) => ({ file: configFile, message: `${path} selects "${pattern}", ${NO_MEMBER}` })),
    )
  }
  const runs = chooseEmitters(config, memo).map((emitter) => ({ emitter: emitter.name, ...runEmitter(emitter, model) }))
  const wrongs = runs.flatMap(({ wrong }) => wrong)
  return {
    files: runs.flatMap(({ files }) => files),
    emitted: runs.map(({ emitter, files }) => [emitter, files] as const),
    diagnostics: [],
    warnings: lint.warnings.map(toDiagnostic),
    failures: wrongs.map((message) => ({ file: configFile, message })),
  }
}

function withChanges(contract: Model['contract'], released: Contract, memo: Memo): Model['contract'] {
  const hashes = memo.hashes.get(released) ?? hashContract(released)
  memo.hashes.set(released, hashes)
  if (hashes.hash === contract.hashes.hash) return contract
  const changes = findChangesSince({ contract: released, hashes }, { contract, hashes: contract.hashes })
  return { ...contract, changedSince: { [hashes.hash]: changes } }
}

const NO_MEMBER = "which is the name of no command and no push. Expected their names, or a pattern as 'chat.*'."

function failed(diagnostics: readonly Diagnostic[]): Generation {
  return { files: [], emitted: [], diagnostics, warnings: [], failures: [] }
}

interface EmitterRun {
  readonly files: readonly GeneratedFile[]
  readonly wrong: readonly string[]
}

/** An emitter may be the user's own: what it throws, or returns in place of files, is reported and goes no further. */
function runEmitter(emitter: Emitter, model: Model): EmitterRun {
  try {
    const files = emitter.emit(model)
    const wrong = checkEmitted(emitter.name, files)
    return { files: wrong.length === 0 ? files : [], wrong }
  } catch (error) {
    const thrown = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    return { files: [], wrong: [`the emitter "${emitter.name}" threw ${thrown.replace(/\.?$/, '.')}`] }
  }
}
