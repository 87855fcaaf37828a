import { WebSocket } from 'ws'
import { PUSH_MARK } from '../job/note.ts'
import { nowUs } from './nodes/serve-node.ts'

/** What a load process is started with: connections are spread over the ports; the first port's server pushes. */
export interface LoadOptions {
  readonly ports: readonly number[]
  readonly perPort: number
  readonly path: string
  readonly hello: string | undefined
}

/** What came since the mark before. */
export interface Arrived {
  readonly pushes: number
  /** Times of pushes that crossed servers, in µs. */
  readonly crossedUs: readonly number[]
}

const { ports, perPort, path, hello } = JSON.parse(process.argv[2] ?? '{}') as LoadOptions
/** Times that are kept between two marks. */
const MAX_TIMES = 100_000
/** Crossed pushes after which the harness is told, so that it can let the next burst go. */
const BURST = 200
let pushes = 0
let crossed = 0
let crossedUs: number[] = []

process.once('disconnect', () => process.exit())
process.on('message', () => {
  process.send?.({ pushes, crossedUs } satisfies Arrived)
  pushes = 0
  crossedUs = []
})

await Promise.all(ports.flatMap((port, at) => Array.from({ length: perPort }, () => connect(port, at > 0))))
process.send?.('connected')

async function connect(port: number, isElsewhere: boolean): Promise<void> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`)
  socket.on('message', (bytes: Buffer) => {
    const text = bytes.toString()
    if (text === '2') socket.send('3')
    if (!text.includes(PUSH_MARK)) return
    pushes += 1
    if (!isElsewhere) return
    if (crossedUs.length < MAX_TIMES) crossedUs.push(nowUs() - Number(/"at":(\d+)/.exec(text)?.[1]))
    if (++crossed % BURST === 0) process.send?.('burst')
  })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  if (hello === undefined) return
  socket.send(hello)
  await new Promise((resolve) => socket.once('message', resolve))
}
