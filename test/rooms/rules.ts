/**
 * The house as data: which package may import which, and which lines live in which room (DESIGN.md §2 and §7).
 * `rooms.test.ts` holds the source against it.
 */

/** What each package may import from the workspace; nothing imports `schema`, `examples`, `test` or `bench`. */
export const LAYERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['protocol', []],
  ['schema', ['protocol']],
  ['client', ['protocol']],
  ['server', ['protocol', 'schema']],
  ['codegen', ['protocol', 'schema']],
  ['testing', ['protocol', 'schema', 'client', 'server', 'codegen']],
])

/** What each package may import from outside; `node:` stands for Node's own modules. */
export const OUTSIDE: ReadonlyMap<string, readonly string[]> = new Map([
  ['protocol', []],
  ['schema', []],
  ['client', ['isomorphic-ws']],
  ['server', ['node:', 'ws', 'typebox', '@opentelemetry/api']],
  [
    'codegen',
    [
      'node:',
      'ts-morph',
      'tsx',
      'esbuild',
      'commander',
      'chokidar',
      'picocolors',
      'tinyglobby',
      'diff',
      'yaml',
      '@asyncapi/parser',
    ],
  ],
  ['testing', ['node:', 'ws', 'vitest', 'fast-check']],
])

/** What each folder of the generator may import from its others, so that none needs to know who uses it. */
export const CODEGEN_FOLDERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['model', []],
  ['print', ['model']],
  ['diff', ['model', 'print']],
  ['emit', ['model', 'print', 'diff']],
  ['config', ['emit']],
  ['load', ['config', 'diff']],
  ['write', ['emit']],
  ['cli', ['config', 'diff', 'load', 'print', 'write']],
])

/** A kind of line that may only be written in the files named. */
export interface Room {
  /** What the rule keeps together, for the failure's message. */
  readonly rule: string
  readonly line: RegExp
  /** Packages the rule reads. */
  readonly packages: readonly string[]
  /** Files where the line may stand, from the repository's root. */
  readonly rooms: readonly RegExp[]
}

const RUNTIMES = ['protocol', 'schema', 'client', 'server']
const ALL = [...RUNTIMES, 'codegen', 'testing']

export const ROOMS: readonly Room[] = [
  {
    rule: 'wire data is parsed and written by the codec only',
    line: /\bJSON\.(parse|stringify)\b/,
    packages: ['protocol', 'client', 'server'],
    rooms: [/^packages\/protocol\/src\/json-codec\.ts$/],
  },
  {
    rule: 'one client file knows isomorphic-ws',
    line: /from 'isomorphic-ws'/,
    packages: ALL,
    rooms: [/^packages\/client\/src\/[\w-]*transport\.ts$/],
  },
  {
    rule: 'one server file knows ws',
    line: /from 'ws'/,
    packages: RUNTIMES,
    rooms: [/^packages\/server\/src\/ws\/ws-transport\.ts$/],
  },
  {
    rule: 'OpenTelemetry is known to its own entry point only: nobody loads it by accident',
    line: /from '(@opentelemetry|\.\/otel)\//,
    packages: ALL,
    rooms: [/^packages\/server\/src\/otel\//],
  },
  {
    rule: 'time comes from the clock that was passed in',
    line: /(?<![.\w])(setTimeout|setInterval|clearTimeout)\(|\b(Date|performance)\.now\b|\bnew Date\b/,
    packages: RUNTIMES,
    rooms: [/^packages\/protocol\/src\/clock\.ts$/],
  },
  {
    rule: 'randomness is passed in: Math.random stands only as the default of an option',
    line: /\bMath\.random\(|(?<!(\?\?|[^=!<>]=|random:) )\bMath\.random\b/,
    packages: ALL,
    rooms: [],
  },
  {
    rule: 'TypeBox is known to schemas and to one validation file',
    line: /from 'typebox/,
    packages: ALL,
    rooms: [/^packages\/server\/src\/validation\.ts$/],
  },
  {
    rule: 'ts-morph is known to the files that edit what is written by hand, and to the one that checks handlers',
    line: /from 'ts-morph'/,
    packages: ALL,
    rooms: [/^packages\/codegen\/src\/(config|write)\/(edit[\w-]*|check-handler-types)\.ts$/],
  },
  {
    rule: 'files, the process and the console belong to the edges',
    line: /from 'node:(fs|child_process)|\bprocess\.|\bconsole\./,
    packages: ALL,
    rooms: [
      /^packages\/codegen\/src\/(bin|load-init-files|(cli|load|write)\/[\w-]+)\.ts$/,
      /^packages\/server\/src\/(listen|console-logger)\.ts$/,
      /^packages\/client\/src\/warn-deprecated\.ts$/,
    ],
  },
  {
    rule: 'identifiers are built in names.ts only',
    line: /\.toUpperCase\(|\.toLowerCase\(/,
    packages: ['codegen'],
    rooms: [/^packages\/codegen\/src\/names\.ts$/],
  },
  {
    rule: 'statuses and close codes are used by their names from protocol',
    line: /(?<![\w.'])(40[0138]|413|429|499|50[03]|100[0-9]|101[0-5]|4[0-9]{3})(?![\w.'])/,
    packages: ['schema', 'client', 'server'],
    rooms: [],
  },
  {
    rule: 'reserved commands are named in protocol only',
    line: /'\$[a-z_]+'/,
    packages: ['client', 'server'],
    rooms: [],
  },
]

/** DESIGN.md §7: how long files may be, in lines, and how many types may be let go. */
export const BUDGET = { median: 80, ninetieth: 200, longest: 300, linesPerLooseType: 2_000 } as const

/** A type let go or a rule switched off. */
export const LOOSE_TYPE: RegExp = /(:|<|\bas) any\b|@ts-(ignore|expect-error|nocheck)|biome-ignore/
