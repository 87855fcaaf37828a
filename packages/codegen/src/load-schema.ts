import { globSync } from 'tinyglobby'
import type { Config } from './config.ts'
import type { Loaded, Loader } from './loader.ts'

/** Finds and loads the schema files of a config, in the order of their names. Tests beside them are left out. */
export async function loadSchema(config: Config, root: string, loader: Loader): Promise<Loaded> {
  const globs = [config.schema].flat()
  const paths = globSync([...globs], { cwd: root, absolute: true, ignore: IGNORED })
  if (paths.length > 0) return loader.load([...paths].sort(), root)
  const message = `no file matches ${globs.join(', ')}. Expected files that export command(…) and push(…).`
  return { modules: [], imports: [], diagnostics: [{ file: 'schema', message }] }
}

const IGNORED: string[] = ['**/node_modules/**', '**/*.test.ts', '**/*.test-d.ts', '**/*.d.ts']

/** The folder that a glob looks in: `schema/**\/*.ts` looks in `schema`. */
export function globBase(glob: string): string {
  const [fixed = ''] = glob.split(/[*?{[(!]/)
  return fixed === glob ? glob : fixed.slice(0, fixed.lastIndexOf('/') + 1) || '.'
}
