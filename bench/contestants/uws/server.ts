import { createRequire } from 'node:module'
import type { WebSocket } from '@trufflesuite/uws-js-unofficial'
import { NEWS } from '../../job/note.ts'
import { serve } from '../../job/serve.ts'

const text = new TextDecoder()
const { App }: typeof import('@trufflesuite/uws-js-unofficial') = createRequire(import.meta.url)(
  '@trufflesuite/uws-js-unofficial',
)
const app = App()

/** What Node can do at all: the sockets in C++, the same JSON, nothing checked. */
function received(socket: WebSocket<unknown>, message: ArrayBuffer, isBinary: boolean): void {
  if (message.byteLength === 0) return
  const { cmd, seqno, data } = JSON.parse(text.decode(message))
  if (cmd === 'announce') announce(data.times)
  socket.send(JSON.stringify({ cmd, seqno, status: 0, msg: 'ok', data }), isBinary)
}

function announce(times: number): void {
  for (let time = 0; time < times; time += 1) {
    app.publish('news', JSON.stringify({ cmd: 'news', seqno: 'a1b2c3d4', status: 0, msg: 'ok', data: NEWS }))
  }
}

app.ws('/*', {
  idleTimeout: 32,
  sendPingsAutomatically: true,
  maxBackpressure: 8_388_608,
  open: (socket) => {
    socket.subscribe('news')
  },
  message: received,
})

await serve((port) => new Promise<void>((resolve) => app.listen(port, () => resolve())))
