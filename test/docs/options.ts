import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { table } from './table.ts'

/** The options of an interface as a table, from its doc blocks: what a README shows is what the editor shows. */
export function optionTable(root: string, file: string, name: string): string {
  const source = readFileSync(join(root, file), 'utf8')
  const body = new RegExp(`export interface ${name}\\b[^{]*\\{\\n([\\s\\S]*?)^\\}`, 'm').exec(source)?.[1]
  if (body === undefined) throw new Error(`${file} declares no interface ${name}`)
  const members = [...body.matchAll(/^ {2}\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*readonly (\w+)\??:/gm)]
  return table(
    ['option', 'meaning'],
    members.map(([, doc = '', option]) => [`\`${option}\``, wordsOf(doc)]),
  )
}

/** A doc block as one line: without stars, links and references to the source's own pages. */
function wordsOf(doc: string): string {
  return doc
    .replace(/^\s*\* ?/gm, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .replace(/ ?PROTOCOL\.md §[^.]+\./g, '')
    .replaceAll('|', '\\|')
    .trim()
}
