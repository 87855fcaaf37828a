import { type Diagnostic, ofContract } from '../diagnostic.ts'
import type { ContractPlan } from './report-plans.ts'

/**
 * Asks the compiler about the handlers that may not fit any more, once all is written. Loads it only when there are any: it
 * takes a second, which a run that concerns no handler does not wait for.
 */
export async function checkSuspects(root: string, plans: readonly ContractPlan[]): Promise<readonly Diagnostic[]> {
  if (plans.every(({ suspects }) => suspects.length === 0)) return []
  const { checkHandlerTypes } = await import('../write/check-handler-types.ts')
  const changed = plans
    .flatMap(({ writes }) => writes)
    .flatMap(({ path, from = path, before }) => (before === undefined ? [] : [[from, before] as const]))
  const before = new Map(changed)
  return plans.flatMap(({ name, suspects }) => ofContract(checkHandlerTypes({ root, suspects, before }), name))
}
