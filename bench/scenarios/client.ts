import { program } from '../build/paths.ts'
import { LOAD_CORE, spawnPinned } from '../measure/pinned.ts'
import { withServer } from '../measure/under-load.ts'
import type { Scenario } from './scenario.ts'

const IN_FLIGHT = 64

/** What a call costs the process that makes it, each library against its own server. */
export const client: Scenario = {
  name: 'client',
  title: `client libraries in Node: small note (53 bytes) echoed, one connection × ${IN_FLIGHT} in flight`,
  measures: [
    { key: 'cost', label: 'client CPU µs/call', isCompared: true },
    { key: 'rate', label: 'calls/s', isCompared: false, digits: 0 },
  ],
  contestants: ['ws', 'wsrv', 'socket.io', 'rpc-websockets', 'tsrpc', 'trpc', 'orpc'],
  seconds: 2,
  rounds: 5,
  programs: ({ folder }) => ['job/drive-client', `contestants/${folder}/client`],
  run: ({ folder }, seconds) =>
    withServer({ folder }, async ({ port }) => {
      const { calls, cpuUs } = await drive(folder, [String(port), String(IN_FLIGHT), String(seconds)])
      return { values: { cost: cpuUs / calls, rate: calls / seconds } }
    }),
}

interface Driven {
  readonly calls: number
  readonly cpuUs: number
}

function drive(folder: string, words: readonly string[]): Promise<Driven> {
  const command = [process.execPath, program('job/drive-client'), program(`contestants/${folder}/client`), ...words]
  const child = spawnPinned(LOAD_CORE, command, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  return new Promise((resolve, reject) => {
    child.once('message', (driven) => resolve(driven as Driven))
    child.once('exit', (code) => reject(new Error(`the client of ${folder} ended with ${code}`)))
  })
}
