import { type Context, createServer, type HandlersOf, type Middleware } from '@wsrv/server'
import { type TestApi, testContract } from '../test/test-contract.ts'

/** Compiled, never run: every `@ts-expect-error` is a mistake that must not compile. */
export function typesOfTheServer(): void {
  const handlers: HandlersOf<TestApi> = {
    register: (c) => {
      const uid: number = c.data.uid
      c.set('uid', uid)
      const nickname: string | undefined = c.get('nickname')
      // @ts-expect-error: a session value of another type
      c.set('uid', 'x')
      // @ts-expect-error: no such session value
      c.get('nope')
      // @ts-expect-error: no such property in the request
      c.data.nope
      c.push('joined', { uid })
      // @ts-expect-error: no such push
      c.push('nope', {})
      // @ts-expect-error: data of another push
      c.push('joined', { text: 'x' })
      if (uid === 1) return c.error('uid_taken', { uid })
      if (uid === 2) return c.error('closed')
      // @ts-expect-error: this error has data
      if (uid === 3) return c.error('uid_taken')
      // @ts-expect-error: no such error
      if (uid === 4) return c.error('nope', {})
      // @ts-expect-error: wrong response
      if (uid === 5) return c.ok({ name: 1 })
      return { name: nickname ?? 'nobody' }
    },
    'chat.send': async (c) => {
      c.server.to('lobby').push('news', { text: c.data.text })
      c.server.broadcast('joined', { uid: 1 })
      // @ts-expect-error: wrong data
      c.server.broadcast('joined', { uid: 'x' })
      return {}
    },
    anything: () => null,
    quick: (c) => c.abort(1_000, 'no'),
  }

  const server = createServer<TestApi>(testContract, {
    handlers,
    authenticate: async (c) => {
      if (typeof c.auth !== 'string') return c.refuse('unauthenticated', c.request.headers.cookie ?? 'who?')
      // @ts-expect-error: a session value of another type
      c.session.set('uid', c.auth)
      // @ts-expect-error: no such refusal
      if (c.signal.aborted) return c.refuse('not_found', 'no')
      return c.accept()
    },
    authorizeUpgrade: ({ url }) => (url === '/' ? true : { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } }),
  })

  createServer<TestApi>(testContract, {
    // @ts-expect-error: no verdict
    authenticate: (c) => c.auth === 'secret',
  })
  createServer<TestApi>(testContract, {
    // @ts-expect-error: a verdict is missing
    authenticate: async (c) => {
      if (c.auth !== 'secret') throw c.refuse('forbidden', 'no')
    },
  })
  createServer<TestApi>(testContract, {
    // @ts-expect-error: no verdict
    authorizeUpgrade: () => 401,
  })

  // @ts-expect-error: a handler is missing
  createServer<TestApi>(testContract, { handlers: { register: handlers.register } })

  // @ts-expect-error: a response of the wrong shape
  server.handle('register', () => ({ nam: 'x' }))
  // @ts-expect-error: a handler that answers nothing
  server.handle('register', () => undefined)
  // @ts-expect-error: no such command
  server.handle('nope', () => ({}))
  // @ts-expect-error: no handler
  server.handle('register')

  const isRegistered: Middleware<TestApi> = (c, next) => (c.get('uid') === undefined ? c.abort(1_000, 'who?') : next())
  server.use(isRegistered, async (c, next) => {
    await next()
    const status: number | undefined = c.status
    const cmd: 'register' | 'chat.send' | 'anything' | 'quick' = c.cmd
    return [status, cmd]
  })
  server.handle('register', isRegistered, (c) => ({ name: String(c.data.uid) }))
  server.handle(
    'register',
    (_c, next) => next(),
    isRegistered,
    async (c) => ({ name: c.data.tags.join() }),
  )
  server.group(isRegistered).handle('anything', (c) => c.data)

  for (const session of server.sessions.values()) {
    const client: string | undefined = session.client
    if (session.isAccepted && client === undefined) session.requestAuth()
    if (session.get('uid') === 1) session.push('joined', { uid: 1 })
    // @ts-expect-error: wrong data
    session.push('joined', {})
  }
  server.push('sid', 'news', { text: 'x' })
  // @ts-expect-error: no such push
  server.push('sid', 'nope', {})
  server.onDisconnect((session, { code, reason }) => [session.get('nickname'), code, reason])
}

interface ApiWithContext extends TestApi {
  context: { readonly db: Map<number, string> }
}

/** Compiled, never run. */
export function typesOfTheContext(c: Context<ApiWithContext>, without: Context<TestApi>): void {
  const context = { db: new Map([[1, 'ann']]) }
  const server = createServer<ApiWithContext>(testContract, { context })
  server.use(({ context: { db } }, next) => (db.size === 0 ? c.abort(503, 'empty') : next()))
  server.handle('register', ({ context: { db }, data }) => ({ name: db.get(data.uid) ?? '' }))
  // @ts-expect-error: no such member
  c.context.cache
  // @ts-expect-error: the server hands it over, handlers do not replace it
  c.context = context
  // @ts-expect-error: a contract without a context has an empty one
  without.context.db
  // @ts-expect-error: the context is missing
  createServer<ApiWithContext>(testContract)
  // @ts-expect-error: the context is missing
  createServer<ApiWithContext>(testContract, { messageType: 'text' })
  // @ts-expect-error: a context of another type
  createServer<ApiWithContext>(testContract, { context: { db: new Map([['1', 'ann']]) } })
  createServer<TestApi & { context: { readonly cache?: string } }>(testContract)
}
