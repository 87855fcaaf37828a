import { posix } from 'node:path'
import { type Config, listClients } from './config.ts'

/** A file that a config makes the generator write, and the option that says so. */
export interface OutputClaim {
  /** Relative to the config's folder. */
  readonly path: string
  /** `client`. */
  readonly option: keyof Config
}

/** The files that belong to a config's options: those of its built-in emitters, single handlers apart. */
export function claimOutputs(config: Config): readonly OutputClaim[] {
  const { server, handlers, docs } = config
  return [
    ...listClients(config).flatMap(({ path }) => claim('client', path, ['.'])),
    ...claim('server', server, ['.', '../contract.ts']),
    ...claim('handlers', handlers, ['index.ts', 'session.ts', 'context.ts']),
    ...claim('docs', docs, ['asyncapi.json', 'asyncapi-client.json', 'index.html']),
  ]
}

/** Files that are relative to an option's path. */
function claim(option: keyof Config, path: string | undefined, files: readonly string[]): readonly OutputClaim[] {
  return path === undefined ? [] : files.map((file) => ({ option, path: posix.join(path, file) }))
}
