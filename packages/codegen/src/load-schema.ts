import type { SchemaModule } from '@wsrv/schema'
import { globSync } from 'tinyglobby'
import type { Config } from './config.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { Loader } from './loader.ts'

/** The schema files of a config, loaded; `diagnostics` says what could not be. */
export interface LoadedSchema {
  readonly modules: readonly SchemaModule[]
  readonly diagnostics: readonly Diagnostic[]
}

/** Finds and loads the schema files of a config, in the order of their names. Tests beside them are left out. */
export async function loadSchema(config: Config, root: string, loader: Loader): Promise<LoadedSchema> {
  const globs = [config.schema].flat()
  const paths = globSync([...globs], { cwd: root, absolute: true, ignore: IGNORED })
  if (paths.length > 0) return loader.load([...paths].sort(), root)
  const message = `no file matches ${globs.join(', ')}. Expected files that export command(…) and push(…).`
  return { modules: [], diagnostics: [{ file: 'schema', message }] }
}

const IGNORED: string[] = ['**/node_modules/**', '**/*.test.ts', '**/*.test-d.ts', '**/*.d.ts']
