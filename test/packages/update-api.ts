import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { apiReports } from './api.ts'
import { ROOT } from './packages.ts'

/** `pnpm api`: writes the report of each entry point, and removes those of entry points that are gone. */
const folder = join(ROOT, 'docs/api')
const reports = apiReports()
mkdirSync(folder, { recursive: true })
for (const file of readdirSync(folder))
  if (!reports.some((one) => one.file === `docs/api/${file}`)) rmSync(join(folder, file))
for (const { file, text } of reports) writeFileSync(join(ROOT, file), text)
console.log(`${reports.length} reports in docs/api`)
