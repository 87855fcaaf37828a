import { posix } from 'node:path'
import { CONFIG_FILE, PLAIN_CONFIG_FILE } from '../config/config.ts'
import type { Surroundings } from './look-around.ts'

/** Where the first files of wsrv go in a project, and how they are written there. */
export interface InitLayout {
  /** Folder of the server: `src/wsrv`. */
  readonly into: string
  /** Folder of the schema files. */
  readonly schema: string
  /** Path of the generated client. */
  readonly client: string
  readonly configFile: string
  /** A tsconfig.json for what no other one compiles. */
  readonly tsconfig: string | undefined
  /** Name of the test, without `.ts`: one that the app's own test runner does not take for its own. */
  readonly test: string
  readonly importExtension: 'ts' | 'js' | 'none'
  readonly isolatedDeclarations: boolean
}

/**
 * Chooses a layout by what a project has. The server of a browser's app stands outside of what is bundled; where tsc writes
 * JavaScript, all TypeScript stands in `src`, as one file beside it would move all that is written.
 *
 * @param into folder of the server that the user asked for.
 */
export function chooseLayout(around: Surroundings, into?: string): InitLayout {
  const { app, tsconfig } = around
  if (app === 'none') return newLayout(into ?? 'src/wsrv')
  const isBrowser = app === 'vite' || app === 'next'
  const folder = into ?? (isBrowser ? 'server' : 'src/wsrv')
  const isCompiled = tsconfig?.covers(posix.join(folder, 'main.ts')) === true
  const isConfigEmitted = tsconfig?.isEmitting === true && tsconfig.covers(CONFIG_FILE)
  return {
    into: folder,
    schema: posix.join(folder, 'schema'),
    client: isBrowser ? browserClient(around) : posix.join(folder, 'generated/client.ts'),
    configFile: isConfigEmitted ? PLAIN_CONFIG_FILE : CONFIG_FILE,
    tsconfig: isCompiled ? undefined : posix.join(folder, 'tsconfig.json'),
    test: 'check',
    importExtension: isCompiled ? tsconfig.importExtension : 'ts',
    isolatedDeclarations: isCompiled && tsconfig.isolatedDeclarations,
  }
}

function newLayout(into: string): InitLayout {
  return {
    into,
    schema: 'schema',
    client: posix.join(into, 'generated/client.ts'),
    configFile: CONFIG_FILE,
    tsconfig: 'tsconfig.json',
    test: 'server.test',
    importExtension: 'ts',
    isolatedDeclarations: false,
  }
}

function browserClient({ hasSrc }: Surroundings): string {
  return hasSrc ? 'src/wsrv/client.ts' : 'wsrv/client.ts'
}
