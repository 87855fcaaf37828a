import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BUDGET } from '../architecture/rules.ts'
import { benchTable } from './bench-table.ts'
import { conversations, conversationTable } from './conversations.ts'
import { LIMIT_OPTIONS } from './limit-options.ts'
import { optionTable } from './options.ts'
import { table } from './table.ts'

/** The repository's root. */
export const ROOT: string = join(import.meta.dirname, '../..')

/** A piece of a document that is made from the source, between two markers. */
export interface Section {
  readonly file: string
  readonly begin: string
  readonly end: string
  readonly text: () => string
}

/** Interfaces whose options a package's README shows, by the file that declares them. */
const OPTIONS = [
  ['client', 'client-options.ts', 'ClientOptions'],
  ['client', 'client-options.ts', 'ReconnectOptions'],
  ['client', 'client-options.ts', 'OutboxOptions'],
  ['client', 'client-options.ts', 'CallOptions'],
  ['server', 'server-types.ts', 'ServerOptions'],
  ['server', 'connection/listen.ts', 'ListenOptions'],
  ['schema', 'command.ts', 'CommandSpec'],
  ['schema', 'push.ts', 'PushSpec'],
] as const

/** Every generated piece of every document. */
export const SECTIONS: readonly Section[] = [
  { file: 'README.md', begin: '<!-- bench -->', end: '<!-- /bench -->', text: benchTable },
  {
    file: 'PROTOCOL.md',
    begin: '<!-- table:status -->',
    end: '<!-- /table -->',
    text: () =>
      table(
        ['status', 'code', 'meaning'],
        entries('status.ts').map(({ name, value, doc }) => [value, `\`${name}\``, doc]),
      ),
  },
  {
    file: 'PROTOCOL.md',
    begin: '<!-- table:close -->',
    end: '<!-- /table -->',
    text: () =>
      table(
        ['code', 'name', 'when'],
        entries('close-code.ts').map(({ name, value, doc }) => [value, `\`${name}\``, doc]),
      ),
  },
  {
    file: 'PROTOCOL.md',
    begin: '<!-- table:limits -->',
    end: '<!-- /table -->',
    text: () =>
      table(
        ['limit', 'option', 'default', 'meaning and reason'],
        limits().map(({ name, value, doc }) => [
          `\`${name}\``,
          LIMIT_OPTIONS.has(name) ? `\`${LIMIT_OPTIONS.get(name)?.option}\`` : 'fixed',
          Number(value.replaceAll('_', '')).toLocaleString('en'),
          doc,
        ]),
      ),
  },
  {
    file: 'PROTOCOL.md',
    begin: '<!-- table:conversations -->',
    end: '<!-- /table -->',
    text: () => conversationTable(headings('PROTOCOL.md')),
  },
  {
    file: 'docs/conversations.md',
    begin: '<!-- conversations:base -->',
    end: '<!-- /conversations -->',
    text: () => conversations({ extensions: false }),
  },
  {
    file: 'docs/conversations.md',
    begin: '<!-- conversations:extensions -->',
    end: '<!-- /conversations -->',
    text: () => conversations({ extensions: true }),
  },
  {
    file: 'packages/codegen/README.md',
    begin: '<!-- emitter -->',
    end: '<!-- /emitter -->',
    text: () => `\`\`\`ts\n${readFileSync(join(ROOT, 'packages/codegen/test/markdown-table.ts'), 'utf8')}\`\`\`\n`,
  },
  {
    file: 'DESIGN.md',
    begin: '<!-- budget -->',
    end: '<!-- /budget -->',
    text: () =>
      table(
        ['of the packages’ source files', 'lines'],
        [
          ['the median', `${BUDGET.median[0]} to ${BUDGET.median[1]}`],
          ['nine of ten have at most', `${BUDGET.ninetieth}`],
          ['the longest', `${BUDGET.longest}`],
        ],
      ),
  },
  ...OPTIONS.map(([folder, source, name]) => ({
    file: `packages/${folder}/README.md`,
    begin: `<!-- options:${name} -->`,
    end: '<!-- /options -->',
    text: () => optionTable(ROOT, `packages/${folder}/src/${source}`, name),
  })),
]

/** A document with its generated pieces written again. */
export function regenerate(file: string): { readonly before: string; readonly after: string } {
  const before = readFileSync(join(ROOT, file), 'utf8')
  let after = before
  for (const section of SECTIONS) {
    if (section.file !== file) continue
    const from = after.indexOf(section.begin)
    const to = after.indexOf(section.end, from)
    if (from < 0 || to < 0) throw new Error(`${file} has no ${section.begin} … ${section.end}`)
    after = `${after.slice(0, from)}${section.begin}\n\n${section.text()}\n${after.slice(to)}`
  }
  return { before, after }
}

/** The headings of a document below its title, without marks: `$auth and $reauth: fresh credentials`. */
export function headings(file: string): readonly string[] {
  const text = readFileSync(join(ROOT, file), 'utf8').replace(/^```[\s\S]*?^```$/gm, '')
  return [...text.matchAll(/^##+ (.*)$/gm)].map((match) => (match[1] as string).replaceAll('`', ''))
}

/** A documented number. */
export interface Entry {
  readonly name: string
  readonly value: string
  readonly doc: string
}

const DOC = String.raw`/\*\*((?:(?!\*/)[\s\S])*)\*/\s*`

/** The documented members of a table in packages/protocol. */
function entries(file: string): readonly Entry[] {
  return documented(file, new RegExp(`${DOC}(\\w+): (-?[\\d_]+),`, 'g'))
}

/** The documented limits of packages/protocol, in their order. */
export function limits(): readonly Entry[] {
  return documented('limits.ts', new RegExp(`${DOC}export const (\\w+) = ([\\d_]+)`, 'g'))
}

function documented(file: string, pattern: RegExp): readonly Entry[] {
  const source = readFileSync(join(ROOT, 'packages/protocol/src', file), 'utf8')
  return [...source.matchAll(pattern)].map(([, doc = '', name = '', value = '']) => ({
    name,
    value,
    doc: doc
      .replace(/^\s*\* ?/gm, '')
      .replaceAll(/\s+/g, ' ')
      .replace(/ ?PROTOCOL\.md §[^.]+\./g, '')
      .trim(),
  }))
}
