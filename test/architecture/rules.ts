/**
 * The architecture as data: which package and folder may import which, and which lines may stand in which files
 * (DESIGN.md, "Layers" and "Where things live"). `architecture.test.ts` holds the source against it.
 */

/** What each package may import from the workspace; nothing imports `schema`, `examples`, `test` or `bench`. */
export const LAYERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['protocol', []],
  ['schema', ['protocol']],
  ['client', ['protocol']],
  ['server', ['protocol', 'schema']],
  ['codegen', ['protocol', 'schema']],
  ['testing', ['protocol', 'schema', 'client', 'server', 'codegen']],
  ['redis', ['protocol', 'server']],
  ['playground', ['protocol', 'client', 'schema']],
  ['cli', ['protocol', 'schema', 'client', 'server', 'codegen', 'testing', 'redis', 'playground']],
])

/** What each package may import from outside; `node:` stands for Node's own modules. */
export const OUTSIDE: ReadonlyMap<string, readonly string[]> = new Map([
  ['protocol', []],
  ['schema', []],
  ['client', ['isomorphic-ws']],
  ['server', ['node:', 'ws', 'typebox', '@opentelemetry/api']],
  ['codegen', ['node:', 'ts-morph', 'tsx', 'esbuild', 'chokidar', 'tinyglobby', 'markdown-it']],
  ['testing', ['node:', 'ws', 'vitest', 'fast-check', '@faker-js/faker', 'json-schema-faker', 'msw']],
  ['redis', ['node:', 'ioredis']],
  ['cli', ['node:', 'commander', 'diff', 'picocolors', '@bomb.sh/tab']],
  [
    'playground',
    [
      'node:',
      'preact',
      '@preact/signals',
      '@codemirror/commands',
      '@codemirror/lang-json',
      '@codemirror/language',
      '@codemirror/lint',
      '@codemirror/state',
      '@codemirror/view',
      '@lezer/common',
      '@lezer/highlight',
      '@tanstack/virtual-core',
      'typebox',
      'uplot',
    ],
  ],
])

/**
 * What each folder of a package's `src` may import from its other folders, so that no folder needs to know who uses it.
 * Files at the root of `src` may be imported from everywhere.
 */
export const FOLDERS: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> = new Map([
  [
    'codegen',
    new Map([
      ['model', []],
      ['print', ['model']],
      ['diff', ['model']],
      ['pattern', []],
      ['lint', ['pattern']],
      ['emit', ['model', 'print']],
      ['config', ['emit']],
      ['load', ['config', 'model', 'print']],
      ['write', ['emit']],
      ['project', ['config', 'diff', 'load', 'write']],
    ]),
  ],
  [
    'schema',
    new Map([
      ['check', []],
      ['read', ['check']],
    ]),
  ],
  [
    'cli',
    new Map([
      ['show', []],
      ['client', ['show']],
      ['serve', ['client', 'show']],
      ['complete', ['client', 'show']],
      ['bench', ['client', 'show']],
      ['repl', ['client', 'complete', 'show']],
      ['commands', ['client', 'serve', 'complete', 'bench', 'repl', 'show']],
    ]),
  ],
  [
    'server',
    new Map([
      ['validation', []],
      ['observer', []],
      ['connection', ['observer']],
      ['session', ['connection', 'observer']],
      ['serializer', ['validation']],
      ['push', ['connection', 'observer', 'serializer', 'session', 'validation']],
      ['request', ['connection', 'observer', 'serializer', 'session', 'validation']],
      ['extensions', ['connection', 'request', 'session', 'validation']],
      ['ws', ['connection']],
      ['uws', ['connection']],
      ['otel', ['observer', 'request']],
    ]),
  ],
])

/** A kind of line that may stand only in the files named. */
export interface Placement {
  /** What the rule keeps together. */
  readonly rule: string
  readonly line: RegExp
  /** Packages the rule reads. */
  readonly packages: readonly string[]
  /** Files where the line may stand, from the repository's root. */
  readonly places: readonly RegExp[]
  /** Where such a line belongs, or what to write in its stead: the failure's advice. */
  readonly advice: string
}

const RUNTIMES = ['protocol', 'schema', 'client', 'server']
const ALL = [...RUNTIMES, 'codegen', 'testing', 'playground', 'cli']

export const PLACEMENTS: readonly Placement[] = [
  {
    rule: 'wire data is parsed and written by the codec only',
    line: /\bJSON\.(parse|stringify)\b/,
    packages: ['protocol', 'client', 'server'],
    places: [/^packages\/protocol\/src\/(json-codec|recording)\.ts$/],
    advice: 'call the codec that was passed in; JSON itself is known to protocol/src/json-codec.ts',
  },
  {
    rule: 'one client file knows isomorphic-ws',
    line: /from 'isomorphic-ws'/,
    packages: ALL,
    places: [/^packages\/client\/src\/[\w-]*transport\.ts$/],
    advice: 'go through `Transport` (client/src/transport.ts)',
  },
  {
    rule: 'one server file knows ws',
    line: /from 'ws'/,
    packages: RUNTIMES,
    places: [/^packages\/server\/src\/ws\/ws-transport\.ts$/],
    advice: "go through the server's transport interface; only ws/ws-transport.ts knows the library",
  },
  {
    rule: 'OpenTelemetry is known to its own entry point only',
    line: /from '(@opentelemetry|\.\/otel)\//,
    packages: ALL,
    places: [/^packages\/server\/src\/otel\//],
    advice: 'import it in server/src/otel/ only, so that nothing else loads it',
  },
  {
    rule: 'time comes from the clock that was passed in',
    line: /(?<![.\w])(setTimeout|setInterval|clearTimeout)\(|\b(Date|performance)\.now\b|\bnew Date\b/,
    packages: RUNTIMES,
    places: [/^packages\/protocol\/src\/clock\.ts$/],
    advice: 'take a `Clock` (protocol/src/clock.ts) and call its setTimeout or now',
  },
  {
    rule: 'randomness is passed in: Math.random stands only as the default of an option',
    line: /\bMath\.random\(|(?<!(\?\?|[^=!<>]=|random:) )\bMath\.random\b/,
    packages: ALL,
    places: [],
    advice: 'take a `random: () => number` option with `Math.random` as its default',
  },
  {
    rule: 'TypeBox is known to schemas and to one validation file',
    line: /from 'typebox/,
    packages: ALL,
    places: [
      /^packages\/server\/src\/(validation\/)?validation\.ts$/,
      /^packages\/playground\/src\/page\/form\/(find-issues|pick-variant)\.ts$/,
    ],
    advice: 'validate through server/src/validation/validation.ts; elsewhere a schema is JSON Schema, plain data',
  },
  {
    rule: 'ts-morph is known to the files that edit what is written by hand, and to those that ask the compiler',
    line: /from 'ts-morph'/,
    packages: ALL,
    places: [/^packages\/codegen\/src\/(config|load|write)\/(edit[\w-]*|check-handler-types|read-tsconfig)\.ts$/],
    advice: 'generate text with codegen/src/print/; edit hand-written files in an edit-* file of config/ or write/',
  },
  {
    rule: 'files, the process and the console belong to the edges',
    line: /from 'node:(fs|child_process)|\bprocess\.|\bconsole\./,
    packages: ALL,
    places: [
      /^packages\/codegen\/src\/(load-init-files|(load|write|project)\/[\w-]+)\.ts$/,
      /^packages\/server\/src\/([\w-]+\/)?(listen|(console-)?logger)\.ts$/,
      /^packages\/cli\/src\//,
      /^packages\/client\/src\/warn-deprecated\.ts$/,
      /^packages\/playground\/src\/serve\/read-page\.ts$/,
      /^packages\/server\/src\/connection\/serve-playground\.ts$/,
    ],
    advice: 'return data, and let the edge (packages/cli, load/, write/, project/, listen) read, write or print it',
  },
  {
    rule: 'identifiers are built in names.ts only',
    line: /\.toUpperCase\(|\.toLowerCase\(/,
    packages: ['codegen'],
    places: [/^packages\/codegen\/src\/names\.ts$/],
    advice: 'call a function of codegen/src/names.ts, or add one',
  },
  {
    rule: 'statuses and close codes are used by their names from protocol',
    line: /(?<![\w.'])(40[0138]|413|429|499|50[03]|100[0-9]|101[0-5]|4[0-9]{3})(?![\w.'])/,
    packages: ['schema', 'client', 'server'],
    places: [],
    advice: 'use STATUS (protocol/src/status.ts), CLOSE (protocol/src/close-code.ts) or a limit by name',
  },
  {
    rule: 'reserved commands are named in protocol only',
    line: /'\$[a-z_]+'/,
    packages: ['client', 'server'],
    places: [],
    advice: 'use the constant in protocol/src/reserved-commands.ts',
  },
]

/** How long files may be, in lines, and how many types may be let go. A shorter file needs an entry in {@link SHORT_FILES}. */
export const BUDGET = {
  median: [50, 100],
  ninetieth: 200,
  longest: 300,
  shortest: 20,
  linesPerLooseType: 2_000,
} as const

/** Why a file may be shorter than `BUDGET.shortest`. */
export interface ShortFile {
  /**
   * `entry`: something outside the package begins here. `seam`: what two sides agree on without knowing each other, or the one place
   * that knows a platform. `cycle`: any neighbor that took it in would have to import its own importers.
   */
  readonly kind: 'entry' | 'seam' | 'cycle'
  readonly reason: string
}

/** Every file that is shorter than `BUDGET.shortest`; one that has grown or is gone has no place here. */
export const SHORT_FILES: ReadonlyMap<string, ShortFile> = new Map([
  ['packages/cli/src/commands/docs.ts', { kind: 'entry', reason: 'wsrv docs' }],
  ['packages/cli/src/commands/repl.ts', { kind: 'entry', reason: 'wsrv repl' }],
  [
    'packages/cli/src/client/read-call.ts',
    { kind: 'seam', reason: 'call, bench and repl read words with and without a contract alike' },
  ],
  [
    'packages/cli/src/complete/shell-script.ts',
    { kind: 'seam', reason: 'the only file that knows the library of completion scripts' },
  ],
  ['packages/cli/src/index.ts', { kind: 'entry', reason: 'the package, for programs that run wsrv in process' }],
  ['packages/playground/src/index.ts', { kind: 'entry', reason: 'the package' }],
  ['packages/testing/src/recording/index.ts', { kind: 'entry', reason: '@wsrv/testing/recording' }],
  ['packages/testing/src/mock/index.ts', { kind: 'entry', reason: '@wsrv/testing/mock' }],
  ['packages/redis/src/index.ts', { kind: 'entry', reason: 'the package' }],
  ['packages/server/src/otel/index.ts', { kind: 'entry', reason: '@wsrv/server/otel' }],
  ['packages/server/src/uws.ts', { kind: 'entry', reason: '@wsrv/server/uws' }],
  ['packages/server/src/create-server.ts', { kind: 'entry', reason: 'the function that generated servers call' }],
  [
    'packages/testing/src/seeded-random.ts',
    { kind: 'entry', reason: 'a function that tests call, and nothing here does' },
  ],
  ['packages/testing/src/silent-logger.ts', { kind: 'entry', reason: 'a value that tests pass to servers' }],
  [
    'packages/cli/src/client/read-raw-request.ts',
    { kind: 'seam', reason: 'the only file that knows how a raw request is typed in' },
  ],
  [
    'packages/cli/src/show/printable.ts',
    { kind: 'seam', reason: 'what stands between text of a peer and the terminal' },
  ],
  ['packages/server/src/validation/index.ts', { kind: 'entry', reason: '@wsrv/server/validation' }],
  ['packages/cli/src/version.ts', { kind: 'seam', reason: 'the release writes it' }],
  ['packages/client/src/version.ts', { kind: 'seam', reason: 'the release writes it' }],
  ['packages/codegen/src/version.ts', { kind: 'seam', reason: 'the release writes it' }],
  ['packages/server/src/version.ts', { kind: 'seam', reason: 'the release writes it' }],
  ['packages/client/src/background-timer.ts', { kind: 'seam', reason: 'the only file that knows Worker' }],
  ['packages/client/src/wake.ts', { kind: 'seam', reason: "the only file that knows the page's events" }],
  ['packages/codegen/src/emit/emitter.ts', { kind: 'seam', reason: 'what every emitter implements' }],
  [
    'packages/codegen/src/load-init-files.ts',
    { kind: 'seam', reason: 'the only file that knows where the templates are, in src and in dist' },
  ],
  ['packages/codegen/src/write/disk.ts', { kind: 'seam', reason: 'the disk, and a disk with planned changes' }],
  ['packages/playground/src/setup.ts', { kind: 'seam', reason: 'what the server tells the page' }],
  [
    'packages/protocol/src/client-members.ts',
    { kind: 'seam', reason: 'names that the client has and the generator refuses' },
  ],
  [
    'packages/codegen/src/model/docs.ts',
    { kind: 'cycle', reason: 'shapes have docs, and read-docs.ts reads patterns into shapes' },
  ],
  [
    'packages/codegen/src/write/lazy-handler-editor.ts',
    { kind: 'cycle', reason: 'the editors that it imports return types of handler-editor.ts' },
  ],
  [
    'packages/playground/src/page/view/workspace-context.ts',
    { kind: 'cycle', reason: 'app.tsx provides it to the views that it imports' },
  ],
  [
    'packages/protocol/src/describe.ts',
    { kind: 'entry', reason: 'the function with which every package names a wrong value in its messages' },
  ],
])

/** A type let go or a rule switched off. */
export const LOOSE_TYPE: RegExp = /(:|<|\bas) any\b|@ts-(ignore|expect-error|nocheck)|biome-ignore/
