import { dirname, join, resolve, sep } from 'node:path'
import { ts } from 'ts-morph'

/** What a project's tsconfig.json means for files that are added to it. */
export interface TsConfig {
  /** Whether it compiles a file, which need not exist; `exclude` is not asked. Relative to its folder. */
  readonly covers: (path: string) => boolean
  /** Whether tsc writes JavaScript by it. */
  readonly isEmitting: boolean
  /** How files may import each other. */
  readonly importExtension: 'ts' | 'js' | 'none'
  readonly isolatedDeclarations: boolean
  /** What is wrong with it, as TypeScript says. */
  readonly errors: readonly string[]
  /** The tsconfig files that it refers to; absolute. */
  readonly references: readonly string[]
}

/** A tsconfig with where it is; absolute. */
export interface FoundTsConfig extends TsConfig {
  readonly path: string
}

/**
 * Reads the tsconfig.json of a folder, with what it extends.
 *
 * @param isModule whether the nearest package.json has the type "module".
 * @returns nothing where there is none.
 */
export function readTsConfig(folder: string, isModule: boolean): TsConfig | undefined {
  return readFile(resolve(folder, TSCONFIG), isModule)
}

/**
 * Finds the tsconfig that compiles a file: that of its folder or of the nearest one above, or one that such a one refers to.
 *
 * @param file absolute.
 * @returns nothing where none includes it.
 */
export function findTsConfig(file: string, isModule: boolean): FoundTsConfig | undefined {
  for (let folder = dirname(file), last = ''; folder !== last; last = folder, folder = dirname(folder)) {
    const path = join(folder, TSCONFIG)
    const own = readFile(path, isModule)
    if (own?.covers(file)) return { ...own, path }
    for (const reference of own?.references ?? []) {
      const referred = readFile(reference, isModule)
      if (referred?.covers(file)) return { ...referred, path: reference }
    }
    if (ts.sys.directoryExists(join(folder, '.git'))) return undefined
  }
  return undefined
}

const TSCONFIG = 'tsconfig.json'

function readFile(path: string, isModule: boolean): TsConfig | undefined {
  if (!ts.sys.fileExists(path)) return undefined
  const folder = dirname(path)
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined }
  const parsed = ts.getParsedCommandLineOfConfigFile(path, {}, host)
  if (parsed === undefined) return undefined
  const { options, wildcardDirectories = {}, fileNames, errors, projectReferences = [] } = parsed
  const folders = Object.entries(wildcardDirectories).map(([one, flags]) => [resolve(one), flags] as const)
  return {
    covers: (file) => {
      const absolute = resolve(folder, file)
      return fileNames.includes(absolute) || folders.some((one) => isIn(absolute, one))
    },
    isEmitting: options.noEmit !== true && options.emitDeclarationOnly !== true,
    importExtension: extensionOf(options, isModule),
    isolatedDeclarations: options.isolatedDeclarations === true,
    errors: errors.filter(({ code }) => code !== NO_INPUTS).map(textOf),
    references: projectReferences.map((one) => ts.resolveProjectReferencePath(one)),
  }
}

/** "No inputs were found": a project may begin without any. */
const NO_INPUTS = 18_003

function isIn(file: string, [folder, flags]: readonly [string, ts.WatchDirectoryFlags]): boolean {
  // On a disk that does not tell small letters from capitals, TypeScript names folders in small ones.
  const [path, base] = ts.sys.useCaseSensitiveFileNames ? [file, folder] : [file.toLocaleLowerCase(), folder]
  return flags === ts.WatchDirectoryFlags.Recursive ? path.startsWith(base + sep) : dirname(path) === base
}

function extensionOf(options: ts.CompilerOptions, isModule: boolean): TsConfig['importExtension'] {
  if (options.allowImportingTsExtensions || options.rewriteRelativeImportExtensions) return 'ts'
  const { module = ts.ModuleKind.CommonJS } = options
  const isNode = module >= ts.ModuleKind.Node16 && module <= ts.ModuleKind.NodeNext
  return isModule && isNode ? 'js' : 'none'
}

function textOf({ messageText }: ts.Diagnostic): string {
  return ts.flattenDiagnosticMessageText(messageText, ' ')
}
