import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Diagnostic } from '../diagnostic.ts'
import { LoadError } from './guard-load.ts'

/**
 * Describes what kept a module from loading, with file, line and column where they are known.
 *
 * @param error what the loader threw.
 * @param path the module that was asked for; absolute.
 * @param root folder that the diagnostic is relative to; absolute.
 */
export function toLoadProblem(error: unknown, path: string, root: string): Diagnostic {
  const text = error instanceof Error ? error.message : String(error)
  return syntaxProblem(text, root) ?? importProblem(error, path, root) ?? thrownProblem(error, path, root)
}

/** How esbuild reports a syntax error. */
const SYNTAX_ERROR = /^(.+):(\d+):(\d+): ERROR: (.+)$/m

function syntaxProblem(text: string, root: string): Diagnostic | undefined {
  const [, path, line, column, message] = SYNTAX_ERROR.exec(text) ?? []
  if (path === undefined || message === undefined) return undefined
  return { file: toFile(path, root), line: Number(line), column: Number(column) + 1, message: sentence(message) }
}

const MISSING = /^Cannot find (module|package) '([^']+)'(?: imported from (.+))?/

function importProblem(error: unknown, path: string, root: string): Diagnostic | undefined {
  const text = error instanceof Error ? error.message : ''
  const [, kind, name = '', importer] = MISSING.exec(text) ?? []
  if (kind === undefined) return undefined
  const file = toFile(importer === undefined ? path : toPath(importer), root)
  if (kind === 'package' || !/^[./]|^file:|^[a-z]:\\/i.test(name)) {
    return { file, message: `it imports the package "${name}", which is not installed. Expected it in node_modules.` }
  }
  return {
    file,
    message: `it imports ${toFile(toPath(name), root)}, which is not there. Expected a file of that name.`,
  }
}

function thrownProblem(error: unknown, path: string, root: string): Diagnostic {
  if (!(error instanceof Error)) {
    return { file: toFile(path, root), message: `it threw ${JSON.stringify(error) ?? String(error)} while loading.` }
  }
  const [first = ''] = error.message.split('\n')
  if (error instanceof LoadError) {
    return { ...placeOf(error, path, root), message: `it ${first}. Expected a module that only declares.` }
  }
  return { ...placeOf(error, path, root), message: sentence(`${error.name} while loading: ${first}`) }
}

/** A line of a stack trace, or its head where a module could not be linked. */
const FRAME = /(?:at |\(|^)((?:file:\/\/)?(?:\/|[a-z]:\\)[^():]+?)(?:\?[^():]*)?:(\d+)(?::(\d+))?\)?$/i

/** The innermost of the project's own places in a stack trace. */
function placeOf({ stack = '' }: Error, path: string, root: string): Pick<Diagnostic, 'file' | 'line' | 'column'> {
  for (const text of stack.split('\n')) {
    const [, at, line, column] = FRAME.exec(text) ?? []
    const file = at === undefined ? '' : toFile(toPath(at), root)
    if (at === undefined || file.startsWith('..') || /(^|\/)node_modules\//.test(file)) continue
    return { file, line: Number(line), ...(column !== undefined && { column: Number(column) }) }
  }
  return { file: toFile(path, root) }
}

function sentence(text: string): string {
  return `${text.replace(/\.$/, '')}.`
}

/** A path of this disk, from a path or a URL with what a loader hung on to it. */
function toPath(text: string): string {
  const [plain = ''] = text.split('?')
  return plain.startsWith('file:') ? fileURLToPath(plain) : resolve(plain)
}

function toFile(path: string, root: string): string {
  return relative(root, path).replaceAll('\\', '/')
}
