import { LARGE_NOTE, type Note, SMALL_NOTE } from '../job/note.ts'
import { measureUnderLoad } from '../measure/under-load.ts'
import { refusal, SIDES, sides } from './saturation.ts'
import type { Scenario } from './scenario.ts'

const CONNECTIONS = 64

/** Contestants where bufferutil matters. */
const WITH_BUFFERUTIL = [
  'ws',
  'wsrv',
  'ws+bu',
  'wsrv+bu',
  'uws',
  'socket.io',
  'rpc-websockets',
  'tsrpc',
  'trpc',
  'orpc',
]

/** Calls as fast as the server answers them. */
export const requestResponse: readonly Scenario[] = [
  echoes('small-8', { note: SMALL_NOTE, inFlight: 8 }, 'small note (53 bytes)'),
  echoes('small-1', { note: SMALL_NOTE, inFlight: 1 }, 'small note (53 bytes)'),
  { ...echoes('large-8', { note: LARGE_NOTE, inFlight: 8 }, 'large note (4 KiB)'), contestants: WITH_BUFFERUTIL },
  { ...echoes('large-1', { note: LARGE_NOTE, inFlight: 1 }, 'large note (4 KiB)'), contestants: WITH_BUFFERUTIL },
]

function echoes(name: string, calls: { readonly note: Note; readonly inFlight: number }, what: string): Scenario {
  return {
    name,
    title: `${what} echoed, ${CONNECTIONS} connections × ${calls.inFlight} in flight`,
    measures: [
      { key: 'cost', label: 'CPU µs/call', isCompared: true },
      { key: 'rate', label: 'calls/s', isCompared: false, digits: 0 },
      ...SIDES,
    ],
    seconds: 2,
    rounds: 5,
    run: async (contestant, seconds) => {
      const window = await measureUnderLoad(contestant, { connections: CONNECTIONS, calls }, seconds)
      return {
        values: { cost: window.cpuUs / window.replies, rate: window.replies / (window.wallUs / 1e6), ...sides(window) },
        ...refusal(window),
      }
    },
  }
}
