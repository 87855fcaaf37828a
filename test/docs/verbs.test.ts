import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from './sections.ts'

const verbs = readdirSync(join(ROOT, 'packages/cli/src/commands'), { withFileTypes: true })
  .filter((entry) => entry.isFile() && /^[a-z]+\.ts$/.test(entry.name))
  .map((entry) => entry.name.replace('.ts', ''))

it.each(verbs)('packages/cli/README.md says what `wsrv %s` does', (verb) => {
  const page = readFileSync(join(ROOT, 'packages/cli/README.md'), 'utf8')
  expect(page, `add a row for \`wsrv ${verb}\``).toMatch(new RegExp(`\`wsrv ${verb}\\b`))
})
