import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createEchoServer } from '../support/echo-server.ts'
import type { Leftovers, Question, Sample } from './sample.ts'

/** The process under load: an echo server with rooms, slow work and pushes, that answers its parent's questions. */
const server = createEchoServer({ heartbeatTimeoutMs: Number(process.env['SOAK_HEARTBEAT_MS'] ?? 30_000) })
const delay = monitorEventLoopDelay({ resolution: 1 })
let heldSessions = 0
const collected = new FinalizationRegistry(() => {
  heldSessions -= 1
})

server.handle('work', async (c) => {
  c.join(`room-${c.seqno.length}-${Math.floor(Math.random() * 100)}`)
  c.push('news', { of: 'you' })
  await sleep(Math.random() * 50, undefined, { signal: c.signal })
  c.server.to(`room-${c.seqno.length}-${Math.floor(Math.random() * 100)}`).push('news', { of: 'the room' })
  return {}
})
server.onConnect((session) => {
  heldSessions += 1
  collected.register(session, undefined)
  session.set('since' as never, Date.now() as never)
})
server.onDisconnect(() => undefined)

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function sample(): Sample {
  const { user, system } = process.cpuUsage()
  const taken = {
    atMs: performance.now(),
    rssBytes: process.memoryUsage.rss(),
    cpuUs: user + system,
    stallMs: delay.max / 1e6,
    sessions: server.sessions.size,
  }
  delay.reset()
  return taken
}

/** Memory as it is after a garbage collection: between two it saws by more than any leak. */
function settledSample(): Sample {
  const taken = sample()
  collectGarbage()
  delay.reset()
  return { ...taken, rssBytes: process.memoryUsage.rss() }
}

async function leftovers(): Promise<Leftovers> {
  delay.disable()
  for (let round = 0; round < 5; round += 1) {
    await sleep(100)
    collectGarbage()
  }
  const resources = process.getActiveResourcesInfo()
  const count = (name: string): number => resources.filter((one) => one === name).length
  return { sessions: server.sessions.size, heldSessions, timers: count('Timeout'), sockets: count('TCPSocketWrap') }
}

delay.enable()
const { port } = await server.listen(0, { host: '127.0.0.1' })
process.send?.(port)
process.on('message', async (question: Question) => {
  if (question === 'sample') process.send?.(sample())
  if (question === 'settled sample') process.send?.(settledSample())
  if (question === 'leftovers') process.send?.(await leftovers())
  if (question !== 'close') return
  await server.close()
  process.disconnect()
})
