import { Help } from 'commander'
import type { Output } from '../output.ts'

/** A terminal of 80 columns. */
export const COLUMNS = 80

/** Fewest columns of a description, however long the names beside it are. */
const MIN_TEXT_COLUMNS = 30

/** What has a name, and what is said of it. */
type Row = readonly [name: string, says: string]

/** Shows names and, beside them, descriptions that are broken to fit. */
export function showRows({ info, colors }: Output, rows: readonly Row[]): void {
  const width = Math.max(0, ...rows.map(([name]) => name.length))
  const columns = Math.max(MIN_TEXT_COLUMNS, COLUMNS - width - MARGINS)
  for (const [name, says] of rows) {
    for (const [at, line] of new Help().boxWrap(says, columns).split('\n').entries()) {
      info(`  ${at === 0 ? colors.bold(name.padEnd(width)) : ' '.repeat(width)}  ${line}`.trimEnd())
    }
  }
}

/** In front of names, and between them and descriptions. */
const MARGINS = 4
