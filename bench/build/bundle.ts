import { build, type Plugin } from 'esbuild'
import { BUILD } from './paths.ts'

const folder = `${import.meta.dirname}/..`

/**
 * Bundles programs of the bench, named as for {@link program}, with the workspace's packages in them, as a published
 * package would be; what comes from npm stays where it is installed.
 */
export async function bundle(programs: readonly string[]): Promise<void> {
  await build({
    absWorkingDir: folder,
    entryPoints: programs.map((name) => `${name}.ts`),
    outbase: folder,
    outdir: `${BUILD}/programs`,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    plugins: [externals],
  })
}

/** Leaves npm's packages out by the path where their importer finds them: each keeps its own version. */
const externals: Plugin = {
  name: 'externals',
  setup: ({ onResolve, resolve }) => {
    onResolve({ filter: /^[^./]/ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      if (pluginData === SEEN || kind === 'entry-point' || path.startsWith('@wsrv/')) return undefined
      const found = await resolve(path, { importer, resolveDir, kind, pluginData: SEEN })
      return { path: found.path, external: true, errors: found.errors }
    })
  },
}

const SEEN = Symbol('already resolved')
