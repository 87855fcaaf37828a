import type { Emitter, Model } from '@wsrv/codegen'

/** An emitter of one's own: every command and push of a contract as a Markdown table. */
export function markdownTable(path: string): Emitter {
  return {
    name: 'markdown-table',
    emit: (model) => [{ kind: 'printed', path, text: printTable(model) }],
  }
}

function printTable({ commands, pushes }: Model): string {
  const rows = [
    ...commands.map(({ cmd, docs, errors }) => ['command', cmd, docs.description, errors.map(({ name }) => name)]),
    ...pushes.map(({ cmd, docs }) => ['push', cmd, docs.description, []]),
  ]
  const lines = rows.map((cells) => `| ${cells.map((cell) => String(cell ?? '')).join(' | ')} |`)
  return ['| kind | name | what | errors |', '| --- | --- | --- | --- |', ...lines, ''].join('\n')
}
