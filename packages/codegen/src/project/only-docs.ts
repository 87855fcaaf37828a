import { posix } from 'node:path'
import type { Config } from '../config/config.ts'
import type { ContractConfig, Project } from '../load/load-config.ts'

/** Where documents go when the config does not say. */
const DOCS_FOLDER = 'docs/api'

/** A project of which only the documents are written: into `docs/api` unless the config names a folder. */
export function onlyDocs(project: Project): Project {
  return { ...project, contracts: project.contracts.map(docsOf) }
}

/** The options of one contract's documents, in a separate folder for each where there are several. */
export function docsOf({ name, config }: ContractConfig): ContractConfig {
  const { schema, docs, title, version, servers } = config
  const only: Config = {
    schema,
    docs: docs ?? posix.join(DOCS_FOLDER, name ?? ''),
    ...(title !== undefined && { title }),
    ...(version !== undefined && { version }),
    ...(servers !== undefined && { servers }),
  }
  return { name, config: only }
}
