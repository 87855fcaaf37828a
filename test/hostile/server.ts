import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createLogObserver, createServer, type Logger } from '@wsrv/server'
import { hostileContract } from './contract.ts'
import type { Question, Sample } from './sample.ts'

/** The process under attack: two servers of the hostile contract, one of them with an `authenticate` that never decides. */
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
/** Nothing is known of the contract but that it is one. */
interface AnyApi {
  commands: Record<string, { request: unknown; response: object; errors: Record<never, never> }>
  pushes: Record<never, never>
  session: Record<never, never>
}

let logLines = 0
let handlersStarted = 0
let hooksStarted = 0

const write = (): void => {
  logLines += 1
}
const logger: Logger = { debug: () => undefined, info: write, warn: write, error: write }
const options = { logger, observer: createLogObserver(logger), limits: { maxInFlight: 10 } }

const server = createServer<AnyApi>(hostileContract, options)
for (const { cmd } of hostileContract.commands) {
  if (cmd !== 'work') server.handle(cmd, () => ({}))
}
server.handle('work', () => {
  handlersStarted += 1
  return new Promise(() => undefined)
})
const guarded = createServer(hostileContract, {
  ...options,
  authenticate: () => {
    hooksStarted += 1
    return new Promise(() => undefined)
  },
})

function sample(): Sample {
  const { user, system } = process.cpuUsage()
  const rssBytes = process.memoryUsage.rss()
  return { cpuMs: (user + system) / 1_000, rssBytes, logLines, handlersStarted, hooksStarted }
}

const { port } = await server.listen(0, { host: '127.0.0.1' })
const { port: guardedPort } = await guarded.listen(0, { host: '127.0.0.1' })
process.send?.([port, guardedPort])
process.on('message', (question: Question) => {
  if (question === 'settled sample') collectGarbage()
  process.send?.(sample())
})
