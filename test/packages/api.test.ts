import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { apiReports } from './api.ts'
import { ROOT } from './packages.ts'

it('docs/api says what every entry point exports (else: pnpm api, and a changeset if users notice)', {
  timeout: 240_000,
}, () => {
  const reports = apiReports()
  for (const { file, text } of reports)
    expect(existsSync(join(ROOT, file)) ? readFileSync(join(ROOT, file), 'utf8') : '', `${file}: run pnpm api`).toBe(
      text,
    )
  const files = readdirSync(join(ROOT, 'docs/api')).map((file) => `docs/api/${file}`)
  expect(files.sort()).toEqual(reports.map(({ file }) => file).sort())
})
