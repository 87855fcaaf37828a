import type { Window } from '../measure/window.ts'
import type { Measure } from './scenario.ts'

/** Share of the time in which a server must have had something to do for its cost a call to mean something. */
const SATURATED = 0.9

/** Columns that tell whether a measurement was clean, beside what it measured. */
export const SIDES: readonly Measure[] = [
  { key: 'kernel', label: 'kernel %', isCompared: false, digits: 0 },
  { key: 'server', label: 'server %', isCompared: false, digits: 0 },
  { key: 'disturbed', label: 'disturbed %', isCompared: false, digits: 0 },
  { key: 'generator', label: 'generator %', isCompared: false, digits: 0 },
]

/** Values of {@link SIDES}. */
export function sides(window: Window): Record<string, number> {
  return {
    kernel: window.kernelShare * 100,
    server: window.serverBusy * 100,
    disturbed: window.serverDisturbed * 100,
    generator: window.generatorBusy * 100,
  }
}

/** Why a window says nothing about cost: an idle server does its work in other portions than a busy one. */
export function refusal(window: Window): { refusal?: string } {
  if (window.serverBusy >= SATURATED) return {}
  return { refusal: `the server was busy only ${Math.round(window.serverBusy * 100)} % of the time` }
}
