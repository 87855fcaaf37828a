import { buildContract, type SchemaModule } from '@wsrv/schema'
import { buildModel } from './build-model.ts'
import type { Config } from './config.ts'
import { type Diagnostic, toDiagnostic } from './diagnostic.ts'
import { chooseEmitters } from './emitters.ts'
import type { GeneratedFile } from './generated-file.ts'

/** What the generator makes of a contract: files, or everything that is wrong with it. */
export interface Generation {
  /** Empty when something is wrong. */
  readonly files: readonly GeneratedFile[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Generates every file that a config asks for from loaded schema modules. Pure. */
export function generate(config: Config, modules: readonly SchemaModule[]): Generation {
  const built = buildContract(modules)
  if (built.problems.length > 0) return { files: [], diagnostics: built.problems.map(toDiagnostic) }
  const sources = modules.map(({ file }) => file)
  const { model, problems } = buildModel(built, sources)
  if (problems.length > 0) return { files: [], diagnostics: problems.map(toDiagnostic) }
  return { files: chooseEmitters(config).flatMap((emitter) => emitter.emit(model)), diagnostics: [] }
}
