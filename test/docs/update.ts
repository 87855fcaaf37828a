import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, regenerate, SECTIONS } from './sections.ts'

/** `pnpm docs`: makes every generated piece of the documents anew. */
for (const file of new Set(SECTIONS.map((section) => section.file))) {
  const { before, after } = regenerate(file)
  if (before !== after) writeFileSync(join(ROOT, file), after)
  console.log(`${before === after ? 'unchanged' : 'updated  '} ${file}`)
}
