import { buildContract } from '@wsrv/schema'
import { type Diagnostic, mergeDiagnostics, ofContract, toDiagnostic } from '../diagnostic.ts'
import type { Project } from './load-config.ts'
import { loadSchema } from './load-schema.ts'
import type { Loader } from './loader.ts'
import type { NamedContracts } from './lock-file.ts'

/** A project's contracts, or what is wrong with them. */
export type LoadedContracts = { readonly contracts: NamedContracts } | { readonly diagnostics: readonly Diagnostic[] }

/** Loads the schema files of a project and builds its contracts. */
export async function loadContracts(project: Project, loader: Loader): Promise<LoadedContracts> {
  const { schemas, diagnostics } = await loadSchema(project, loader)
  const built = project.contracts.map(({ name }, index) => ({ name, ...buildContract(schemas[index] ?? []) }))
  const problems = built.flatMap((one) => ofContract(one.problems.map(toDiagnostic), one.name))
  const wrong = [...diagnostics, ...mergeDiagnostics(problems)]
  if (wrong.length > 0) return { diagnostics: wrong }
  return { contracts: new Map(built.map(({ name, contract }) => [name, contract])) }
}
