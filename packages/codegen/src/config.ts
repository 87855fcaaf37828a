import type { Emitter } from './emitter.ts'

/** What `wsrv.config.ts` exports. Paths are relative to the config's folder. */
export interface Config {
  /** Glob, or globs, of the schema files: `schema/**\/*.ts`. */
  readonly schema: string | readonly string[]
  /** Where the typed client goes: `src/generated/client.ts`. */
  readonly client?: string
  /** Where the server's types go: `src/generated/server.ts`. `contract.ts` is written beside it. */
  readonly server?: string
  /** Folder of the handlers, written once and then yours: `src/handlers`. Needs `server`. */
  readonly handlers?: string
  /** Folder of the documents, `docs/api`: `asyncapi.json` and the reference page `index.html`. */
  readonly docs?: string
  /** Title of the API in its documents. Default `API`. */
  readonly title?: string
  /** Version of the API in its documents. Default `0.0.0`. */
  readonly version?: string
  /** Emitters of your own, that run behind the built-in ones. */
  readonly emitters?: readonly Emitter[]
  /**
   * Changes that `wsrv diff` lets pass, by the name it gives them, each with the reason:
   * `{ 'chat.send#/request/limit': 'No deployed client sends it.' }`.
   */
  readonly allow?: Readonly<Record<string, string>>
}

/** Types the config in an editor; gives it back as it is. */
export function defineConfig(config: Config): Config {
  return config
}
