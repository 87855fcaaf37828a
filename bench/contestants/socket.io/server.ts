import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { NEWS, type Note } from '../../job/note.ts'
import { serve } from '../../job/serve.ts'

const http = createServer()
const io = new Server(http, { transports: ['websocket'], serveClient: false })

io.on('connection', (socket) => {
  socket.on('echo', (note: Note, reply: (note: Note) => void) => reply(note))
  socket.on('announce', (times: number, reply: () => void) => {
    for (let time = 0; time < times; time += 1) io.emit('news', NEWS)
    reply()
  })
})

await serve((port) => new Promise<void>((resolve) => http.listen(port, resolve)))
