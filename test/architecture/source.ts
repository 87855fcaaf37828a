import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative, resolve } from 'node:path'

/** The repository's root. */
const ROOT: string = resolve(import.meta.dirname, '../..')

/** One source file of a package: no test, no declaration, nothing generated. */
export interface SourceFile {
  /** From the root, with `/`. */
  readonly path: string
  readonly package: string
  /** Without comments' text, so that rules read code only; line numbers are kept. */
  readonly lines: readonly string[]
  readonly lineCount: number
  readonly imports: readonly string[]
}

/** Every source file of every package. */
export function readSource(): readonly SourceFile[] {
  return readdirSync(join(ROOT, 'packages')).flatMap((name) =>
    readdirSync(join(ROOT, 'packages', name, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !/\.test(-d)?\.tsx?$|\.d\.ts$|(^|[\\/])goldens[\\/]/.test(file))
      .map((file) => readFile(name, join(ROOT, 'packages', name, 'src', file))),
  )
}

function readFile(packageName: string, absolute: string): SourceFile {
  const text = readFileSync(absolute, 'utf8')
  const code = text.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, (comment) => comment.replace(/[^\n]/g, ''))
  return {
    path: relative(ROOT, absolute).replaceAll('\\', '/'),
    package: packageName,
    lines: code.split('\n'),
    lineCount: text.trimEnd().split('\n').length,
    imports: [
      ...code.matchAll(
        /(?:^|\n)\s*(?:import|export)\b[^'\n;]*?(?:\{[^}]*\})?[^'\n;]*?from '([^']+)'|import\('([^']+)'\)/g,
      ),
    ].map((match) => (match[1] ?? match[2]) as string),
  }
}

/** A relative import as a path from the root. */
export function resolveImport(from: string, specifier: string): string {
  return posix.normalize(posix.join(dirname(from).replaceAll('\\', '/'), specifier))
}
