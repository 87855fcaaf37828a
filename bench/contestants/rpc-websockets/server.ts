import { Server } from 'rpc-websockets'
import { NEWS } from '../../job/note.ts'
import { serve } from '../../job/serve.ts'

await serve((port) => {
  const server = new Server({ port, host: '127.0.0.1' })
  server.event('news')
  server.register('echo', (note) => note)
  server.register('announce', (params) => {
    const { times } = params as unknown as { times: number }
    for (let time = 0; time < times; time += 1) server.emit('news', NEWS)
    return {}
  })
  return new Promise<void>((resolve) => server.on('listening', resolve))
})
