import type { Contract } from '@wsrv/schema'
import { type Authenticate, createServer, type HandlersOf, type Server, type ServerOptions } from '@wsrv/server'

/** The types behind {@link contract}, as codegen would emit them. */
export interface Api {
  commands: {
    register: { request: { uid: number }; response: Record<string, unknown>; errors: { uid_taken: { uid: number } } }
    nothing: Plain<null>
    slow: Plain
    fail: Plain
    wrong: Plain
    never: Plain
    secret: Plain
    stuck: Plain
    expire: Plain
    rows: Plain<{ rows: number }> & { stream: number }
  }
  pushes: { user_register: { uid: number } }
  session: { uid?: number }
}

interface Plain<Response = Record<string, unknown>> {
  request: Record<string, unknown>
  response: Response
  errors: Record<never, never>
}

const anyObject = { type: 'object' }
const uidObject = { type: 'object', properties: { uid: { type: 'integer', minimum: 1 } }, required: ['uid'] }

/** The contract that PROTOCOL.md's conversations speak. */
const contract: Contract = {
  commands: [
    plain('expire'),
    plain('fail'),
    plain('never', { timeoutMs: 1_000 }),
    plain('nothing', { response: { type: 'null' } }),
    {
      ...plain('register', { renamedFrom: ['enroll'] }),
      request: uidObject,
      errors: { uid_taken: { status: 1001, description: 'Another user has this uid.', data: uidObject } },
    },
    plain('rows', { stream: { type: 'integer' } }),
    plain('secret'),
    plain('slow'),
    plain('stuck'),
    plain('wrong', { response: uidObject }),
  ],
  pushes: [{ cmd: 'user_register', data: uidObject }],
  types: {},
  hashes: { hash: 'c1', commands: { nothing: 'n1', register: 'r1', user_register: 'u1' } },
}

function plain(cmd: string, more: object = {}): Contract['commands'][number] {
  return { cmd, request: anyObject, response: anyObject, errors: {}, idempotent: false, ...more }
}

/** Who may call the server of the conversations that have credentials. */
export const authenticate: Authenticate<Api> = (c) => {
  if (c.auth === 'good') return c.accept()
  if (c.auth === 'banned') return c.refuse('forbidden', 'banned')
  return c.refuse('unauthenticated', 'token expired')
}

/** The server of PROTOCOL.md's conversations. */
export function createConformanceServer(options: ServerOptions<Api>): Server<Api> {
  const { clock } = options
  const handlers: HandlersOf<Api> = {
    register: (c) => {
      if (c.data.uid === 1) return c.error('uid_taken', { uid: 1 })
      c.push('user_register', { uid: c.data.uid })
      return {}
    },
    nothing: () => null,
    slow: (c) => pause(c, clock),
    fail: () => {
      throw new Error('the reason stays here')
    },
    wrong: () => ({ uid: 'not a number' }),
    never: () => new Promise(() => {}),
    secret: () => ({}),
    stuck: () => ({}),
    rows: async function* (c) {
      for (let row = 1; row <= 40; row += 1) yield row
      await pause(c, clock)
      yield 41
      return { rows: 41 }
    },
    expire: (c) => {
      c.session.requestAuth()
      return {}
    },
  }
  // A server that speaks the base protocol only has no streams.
  const { rows: _stream, ...plainHandlers } = handlers
  const plainContract = { ...contract, commands: contract.commands.filter(({ stream }) => stream === undefined) }
  const server =
    options.extensions === false
      ? createServer<Api>(plainContract, { ...options, handlers: plainHandlers as HandlersOf<Api> })
      : createServer<Api>(contract, { handlers, ...options })
  server.use((c, next) => (c.cmd === 'secret' ? c.abort(401, 'register first') : next()))
  server.use((c, next) => (c.cmd === 'stuck' ? undefined : next()))
  return server
}

/** Takes 100 ms. */
function pause(
  { signal }: { readonly signal: AbortSignal },
  clock: ServerOptions<Api>['clock'],
): Promise<Record<string, unknown>> {
  return new Promise((resolve) => {
    const timer = clock?.setTimeout(() => resolve({}), 100)
    signal.addEventListener('abort', () => clock?.clearTimeout(timer))
  })
}
