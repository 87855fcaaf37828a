import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { HEARTBEAT_TIMEOUT_MS } from '@wsrv/protocol'
import { IdleCrowd } from './idle-crowd.ts'
import { cpuShare } from './sample.ts'
import { ServerProcess } from './server-process.ts'

/**
 * `tsx test/soak/idle.ts [--connections 10000]`: idle connections, a tenth of them silent, over one heartbeat period.
 *
 * Exits 1 when the server needs more than a tenth of a core, or drops anybody but the silent, or those not in time.
 */
const { values } = parseArgs({ options: { connections: { type: 'string', default: '10000' } } })
const CONNECTIONS = Number(values.connections)
/** Before the first silent one is dropped. */
const QUIET_MARGIN_MS = 2_000
const BOUNDS = { cpuShare: 0.1, lateMs: 2_000 } as const

const server = await ServerProcess.start()
const crowd = new IdleCrowd(server.port)
const startedAt = performance.now()
await crowd.arrive(CONNECTIONS, 10)
const connectedAt = performance.now()
const drops: number[] = []
for (const peer of crowd.silent) peer.socket.once('close', () => drops.push(performance.now()))

const before = await server.sample()
await sleep(HEARTBEAT_TIMEOUT_MS - QUIET_MARGIN_MS)
const pinging = await server.sample()
await sleep(connectedAt + HEARTBEAT_TIMEOUT_MS + BOUNDS.lateMs - performance.now())
const after = await server.sample()

const share = cpuShare(before, after)
const wronglyDropped = crowd.lively.filter((peer) => peer.hasEnded).length
// Each fell silent at a moment between the two: none may go before the first one's limit, all must by the last one's.
const early = drops.filter((at) => at < startedAt + HEARTBEAT_TIMEOUT_MS).length
console.log(
  `${CONNECTIONS} connections in ${Math.round(connectedAt - startedAt)} ms, ${crowd.silent.length} of them silent`,
)
console.log(`CPU: ${(share * 100).toFixed(2)} % of a core; RSS ${(after.rssBytes / 2 ** 20).toFixed(0)} MiB`)
console.log(`longest stall: ${pinging.stallMs.toFixed(1)} ms by pings, ${after.stallMs.toFixed(1)} ms by drops`)
console.log(`dropped: ${drops.length} silent (${early} too early), ${wronglyDropped} lively`)
crowd.leave()
await server.close(10_000)
const isGood = share <= BOUNDS.cpuShare && wronglyDropped + early === 0 && drops.length === crowd.silent.length
process.exitCode = isGood ? 0 : 1
