import { NEWS } from '../../job/note.ts'
import { serve } from '../../job/serve.ts'
import { serviceProto } from './proto.ts'
import { tsrpc } from './tsrpc.ts'

/** Its binary protocol, checked in both directions by it; its log is switched off. */
await serve((port) => {
  const server = new tsrpc.WsServer(serviceProto, {
    port,
    logLevel: 'none',
    logConnect: false,
    logReqBody: false,
    logResBody: false,
    logMsg: false,
  })
  server.implementApi('Echo', (call) => call.succ(call.req))
  server.implementApi('Announce', async (call) => {
    for (let time = 0; time < call.req.times; time += 1) server.broadcastMsg('News', NEWS)
    await call.succ({})
  })
  return server.start()
})
