/** A project that compiles what is generated and imports the packages, by its tsconfig and the kind of its package.json. */
export interface Row {
  readonly name: string
  readonly type: 'module' | 'commonjs'
  readonly importExtension: 'ts' | 'js' | 'none'
  /** Whether it compiles the client only, as a page does. */
  readonly isPage?: boolean
  readonly compilerOptions: Readonly<Record<string, unknown>>
  /** First and last version of TypeScript that knows its settings. */
  readonly from?: number
  readonly until?: number
}

/** What each version of TypeScript is installed as: `npm:typescript@5.4`. */
export const VERSIONS: readonly number[] = [5.4, 5.5, 5.6, 5.7, 5.8, 5.9, 6.0, 7.0]

const NODE = { target: 'ES2022', strict: true, types: ['node'] }

/** As `create-vite` writes tsconfig.app.json, and checks libraries besides. */
const VITE = {
  ...{ target: 'ES2022', module: 'ESNext', lib: ['ES2022', 'DOM', 'DOM.Iterable'], types: [], jsx: 'react-jsx' },
  ...{ useDefineForClassFields: true, moduleResolution: 'bundler', moduleDetection: 'force', noEmit: true },
  ...{ allowImportingTsExtensions: true, verbatimModuleSyntax: true, strict: true, noUnusedLocals: true },
  ...{ noUnusedParameters: true, noFallthroughCasesInSwitch: true },
}

/** As `create-next-app` writes tsconfig.json, and checks libraries besides. */
const NEXT = {
  ...{ target: 'ES2017', lib: ['dom', 'dom.iterable', 'esnext'], allowJs: true, strict: true, noEmit: true },
  ...{ esModuleInterop: true, module: 'esnext', moduleResolution: 'bundler', resolveJsonModule: true },
  ...{ isolatedModules: true, jsx: 'preserve', incremental: false, types: ['node'] },
}

/** The settings that projects have: what is generated and every type of the packages compile under each, all libraries checked. */
export const ROWS: readonly Row[] = [
  {
    name: 'NodeNext, .js',
    type: 'module',
    importExtension: 'js',
    compilerOptions: { ...NODE, module: 'NodeNext', outDir: 'dist', declaration: true },
  },
  {
    name: 'NodeNext, .ts',
    type: 'module',
    importExtension: 'ts',
    compilerOptions: { ...NODE, module: 'NodeNext', allowImportingTsExtensions: true, noEmit: true },
  },
  {
    name: 'NodeNext, the strictest',
    type: 'module',
    importExtension: 'ts',
    compilerOptions: {
      ...{ ...NODE, module: 'NodeNext', allowImportingTsExtensions: true, noEmit: true, isolatedModules: true },
      ...{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noPropertyAccessFromIndexSignature: true },
      ...{ noImplicitOverride: true, noImplicitReturns: true, verbatimModuleSyntax: true },
    },
  },
  {
    // Where a commonjs file may require what is a module only.
    name: 'NodeNext, commonjs',
    type: 'commonjs',
    importExtension: 'none',
    compilerOptions: { ...NODE, module: 'NodeNext', noEmit: true },
    from: 5.8,
  },
  {
    name: 'bundler',
    type: 'module',
    importExtension: 'none',
    compilerOptions: { ...NODE, module: 'ESNext', moduleResolution: 'bundler', noEmit: true },
  },
  {
    // TypeScript 7 has no node10 any more.
    name: 'node10, commonjs',
    type: 'commonjs',
    importExtension: 'none',
    compilerOptions: { ...NODE, module: 'commonjs', moduleResolution: 'node10', outDir: 'dist' },
    until: 6.0,
  },
  { name: "Next's own", type: 'commonjs', importExtension: 'none', compilerOptions: NEXT },
  { name: "Vite's own", type: 'module', importExtension: 'ts', isPage: true, compilerOptions: VITE },
]
