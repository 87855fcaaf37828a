import type { Window } from '../measure/window.ts'
import type { Measure } from './scenario.ts'

/** Share of the time in which a server must have had something to do for its cost a call to mean something. */
const SATURATED = 0.9

/** Share of the time that another process may have the server's core: with it go the server's caches. */
const DISTURBED = 0.2

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
export function refusal({ serverBusy, serverDisturbed }: Window): { refusal?: string } {
  if (serverBusy < SATURATED) return { refusal: `the server was busy only ${percent(serverBusy)} of the time` }
  if (serverDisturbed <= DISTURBED) return {}
  return { refusal: `another process had the server's core for ${percent(serverDisturbed)} of the time` }
}

function percent(share: number): string {
  return `${Math.floor(share * 100)} %`
}
