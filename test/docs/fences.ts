import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT } from './sections.ts'

/** A fenced block of TypeScript in a document. Its first line says which file it pretends to be: `// handlers/register.ts`. */
export interface Fence {
  readonly document: string
  /** Line of the document at which the code begins. */
  readonly line: number
  /** The code, with relative imports made absolute as seen from the file it pretends to be. */
  readonly code: string
}

/** Where a fence's file name is looked for: as written, and inside the quickstart. */
const HOME = 'examples/quickstart'

/** Every ```ts fence of a document. */
export function readFences(document: string): readonly Fence[] {
  const text = readFileSync(join(ROOT, document), 'utf8')
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map((match) => ({
    document,
    line: text.slice(0, match.index).split('\n').length + 1,
    code: atHome(match[1] as string),
  }))
}

function atHome(code: string): string {
  const name = /^\/\/ (\S+\.ts)/.exec(code)?.[1] ?? 'fence.ts'
  const folder = dirname(join(ROOT, name.startsWith('schema/') ? '' : HOME, name))
  const absolute = code.replace(/from '(\.[^']*)'/g, (_, path: string) => `from '${join(folder, path)}'`)
  return `${absolute}\nexport {}\n`
}
