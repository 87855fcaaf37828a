import type { ServerInfos } from '../emit/asyncapi-servers.ts'
import type { Emitter } from '../emit/emitter.ts'
import type { AllowedChange } from './allowed-change.ts'

/** Name of the config file that is looked for. */
export const CONFIG_FILE = 'wsrv.config.ts'

/** Name of the one that is taken where there is no other: JavaScript, in a project whose tsc would write all TypeScript. */
export const PLAIN_CONFIG_FILE = 'wsrv.config.mjs'

/** What `wsrv.config.ts` exports for one contract. Paths are relative to the config's folder, with `/`. */
export interface Config {
  /** Glob, or globs, of the schema files: `schema/**\/*.ts`. */
  readonly schema: string | readonly string[]
  /**
   * Where the typed client goes: `src/generated/client.ts`, or `../web/src/generated/client.ts`. Or several clients, each
   * with the commands and pushes that one program uses: `[{ path: 'shop/client.ts', include: ['shop.*', 'login'] }, …]`.
   */
  readonly client?: string | ClientOutput | readonly ClientOutput[]
  /** Where the server's types go: `src/generated/server.ts`. `contract.ts` is written beside it. */
  readonly server?: string
  /**
   * Whether the server is of another make, such as a Go one. Then names (`1001`), statuses (7) and shapes (a list as data, a push
   * named like a command) that such servers use are taken as they are, and there is no `server` to generate. Default false.
   */
  readonly foreignServer?: boolean
  /** Folder of the handlers, written once and then yours: `src/handlers`. Needs `server`. */
  readonly handlers?: string
  /**
   * How generated files import each other: `./contract.ts`, `./contract.js`, or with `none` `./contract`. As the project's
   * tsconfig wants it; `wsrv init` finds out. Default `ts`.
   */
  readonly importExtension?: 'ts' | 'js' | 'none'
  /** Whether stubs of handlers say their type, as TypeScript's option of this name wants every export to. Default false. */
  readonly isolatedDeclarations?: boolean
  /** Folder of the documents, `docs/api`: `asyncapi.json`, `asyncapi-client.json` and the reference page `index.html`. */
  readonly docs?: string
  /** Title of the API in its documents. Default `API`. */
  readonly title?: string
  /** Version of the API in its documents. Default `0.0.0`. */
  readonly version?: string
  /**
   * Servers of the API in its documents, by name: `{ production: 'wss://api.example.org/ws' }`, or with
   * `{ url, description, auth }`, where `auth` says what credentials clients present. Default `ws://127.0.0.1:8800/ws`.
   */
  readonly servers?: ServerInfos
  /** Emitters of your own, that run behind the built-in ones. */
  readonly emitters?: readonly Emitter[]
  /** Changes that `wsrv diff` lets pass, each with the reason. `wsrv diff --allow` writes them here. */
  readonly allow?: readonly AllowedChange[]
  /**
   * Patterns that are generated although a text may stop a server with them, each with the reason:
   * `{ '^(a|b)*$': 'The upload service has measured it.' }`. Servers count a search for one as the square of its text.
   */
  readonly allowPatterns?: Readonly<Record<string, string>>
}

/** A typed client: where it goes, and what it has. In names `*` stands for any characters: `admin.*`. */
export interface ClientOutput {
  readonly path: string
  /** Names of the commands and pushes that it has. Default all. */
  readonly include?: readonly string[]
  /** Names of those that it does not have. Default none. */
  readonly exclude?: readonly string[]
}

/** The clients that a config asks for. */
export function listClients({ client }: Config): readonly ClientOutput[] {
  if (client === undefined) return []
  return [client].flat().map((one) => (typeof one === 'string' ? { path: one } : one))
}

/**
 * What `wsrv.config.ts` exports for several contracts that live in one repository, each with a name:
 * `{ contracts: { shop: { schema: 'shop/*.ts', … }, admin: { schema: ['shop/*.ts', 'admin/*.ts'], … } } }`.
 *
 * They may share schema files, which are loaded once, but no two may write the same file. Every command of `wsrv` works on
 * all of them, or with `--contract <name>` on one. A name is a letter followed by letters, digits, `-` or `_`.
 */
export interface ContractsConfig {
  readonly contracts: Readonly<Record<string, Config>>
}

/** Types the config in an editor, for one contract or for several; returns it unchanged. */
export function defineConfig(config: Config | ContractsConfig): Config | ContractsConfig {
  return config
}
