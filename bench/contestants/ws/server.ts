import { type WebSocket, WebSocketServer } from 'ws'
import { NEWS } from '../../job/note.ts'
import { serve } from '../../job/serve.ts'

/** What a team writes first: ws, JSON, a switch, a write a reply. Nothing is checked. */
function connect(socket: WebSocket): void {
  socket.on('message', (message, isBinary) => {
    const text = String(message)
    if (text === '') return
    const { cmd, seqno, data } = JSON.parse(text)
    if (cmd === 'announce') announce(data.times)
    socket.send(JSON.stringify({ cmd, seqno, status: 0, msg: 'ok', data }), { binary: isBinary })
  })
}

function announce(times: number): void {
  for (let time = 0; time < times; time += 1) {
    const push = JSON.stringify({ cmd: 'news', seqno: 'a1b2c3d4', status: 0, msg: 'ok', data: NEWS })
    for (const socket of server.clients) socket.send(push)
  }
}

/** The heartbeat of ws's own documentation: everybody is pinged at once. */
function ping(): void {
  for (const socket of server.clients) socket.ping()
}

let server: WebSocketServer

await serve(
  (port) =>
    new Promise((resolve) => {
      server = new WebSocketServer({ port }, () => resolve(setInterval(ping, 30_000)))
      server.on('connection', connect)
    }),
)
