import type { Model } from '../model/model.ts'
import type { Doc } from './layout.ts'
import { printRecord, printValue } from './print-value.ts'

/** The commands and pushes that a contract deprecates, as a constant of the generated client; nothing if there are none. */
export function printDeprecations(model: Model): readonly Doc[] {
  if (!hasDeprecations(model)) return []
  const entries = listDeprecated(model).map(([name, reason]) => [name, printValue(reason)] as const)
  return [['const deprecated = ', printRecord(entries, true)]]
}

/** Whether a client has deprecations to warn about. */
export function hasDeprecations(model: Model): boolean {
  return listDeprecated(model).length > 0
}

function listDeprecated({ contract }: Model): readonly (readonly [name: string, reason: string])[] {
  return [...contract.commands, ...contract.pushes].flatMap(({ cmd, deprecated }) =>
    deprecated === undefined ? [] : [[cmd, oneLine(deprecated)] as const],
  )
}

function oneLine(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ')
}
