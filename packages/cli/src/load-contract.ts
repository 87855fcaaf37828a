import type { Diagnostic } from '@wsrv/codegen'
import type { Contract } from '@wsrv/schema'
import type { ProjectOptions } from './command.ts'

/** The contract of a project, or why there is none. */
export type LoadedContract = { readonly contract: Contract } | { readonly diagnostics: readonly Diagnostic[] }

/** Loads the one contract of a project that talks to a server, with its hashes. */
export async function loadContract(options: ProjectOptions, cwd: string): Promise<LoadedContract> {
  // The generator is large, and calls without a contract need nothing of it.
  const { createTsxLoader, hashContract, loadConfig, loadContracts } = await import('@wsrv/codegen/api')
  const loader = createTsxLoader()
  const { config, contract: name } = options
  const project = await loadConfig({ config, contract: name, cwd }, loader)
  if ('diagnostics' in project) return project
  const loaded = await loadContracts(project, loader)
  if ('diagnostics' in loaded) return loaded
  const names = [...loaded.contracts.keys()]
  const [contract] = loaded.contracts.values()
  if (contract !== undefined && names.length === 1) return { contract: { ...contract, hashes: hashContract(contract) } }
  const message = `There are several contracts: choose with --contract ${names.join(' | ')}.`
  return { diagnostics: [{ file: config, message }] }
}
