import { createServer, type Server } from './generated/server.ts'
import { handlers } from './handlers/index.ts'

/** Told of each request after it was answered. */
export type Log = (line: string) => void

/** The whole API: the contract's handlers behind two middleware. Listens or attaches where the caller says. */
export function createQuickstartServer(log: Log = () => {}): Server {
  const server = createServer({ handlers })

  server.use(async (c, next) => {
    const startedAt = performance.now()
    await next()
    log(`${c.sid.slice(0, 4)} ${c.cmd} → ${c.status} in ${(performance.now() - startedAt).toFixed(1)} ms`)
  })

  server.use((c, next) => {
    if (c.cmd === 'register' || c.get('uid') !== undefined) return next()
    return c.abort(401, 'register first')
  })

  server.onConnect((session) => log(`${session.sid.slice(0, 4)} connected from ${session.remoteAddress}`))
  server.onDisconnect((session, { code }) => {
    log(`${session.sid.slice(0, 4)} left with ${code}`)
    const uid = session.get('uid')
    if (uid === undefined) return
    for (const other of server.sessions.values()) if (other.get('uid')) other.push('have_user_left', { uid })
  })
  return server
}
