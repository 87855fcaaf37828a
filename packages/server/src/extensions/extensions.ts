import {
  type AuthRequest,
  type CancelRequest,
  EXTENSION,
  type HelloRequest,
  MAX_CLIENT_CHARS,
  MAX_SECRET_CHARS,
  MAX_SEQNO_CHARS,
  type SessionCounts,
  STATUS,
} from '@wsrv/protocol'
import type { JsonSchema } from '@wsrv/schema'
import type { OpenApi } from '../api-types.ts'
import { createCommandChecks } from '../request/command-checks.ts'
import { compose } from '../request/compose.ts'
import { REPLY } from '../request/context.ts'
import type { RequestContext } from '../request/request-context.ts'
import type { Route } from '../request/router.ts'
import type { LiveSession } from '../session/live-session.ts'
import type { Resumption } from '../session/resumption.ts'
import { type Authenticate, authenticate, resumeIdentity } from './authentication.ts'
import { answerHello, type HelloFacts } from './hello.ts'

/** What the reserved commands need of the rest of the server. */
export interface ExtensionsOptions {
  readonly facts: HelloFacts
  readonly authenticate: Authenticate<OpenApi> | undefined
  /** `undefined` when sessions end with their connection. */
  readonly resumption: Resumption | undefined
  /** Resolves when other servers can reach a session; `undefined` when they can. */
  readonly reachable: (session: LiveSession) => Promise<void> | undefined
  /** Answers a request that has its answer, at once. */
  readonly answer: (c: RequestContext) => void
  /** Hands over what waits for a session. */
  readonly flush: (session: LiveSession) => void
  /** Ends what a session has in flight under a seqno; harmless when there is nothing. */
  readonly cancel: (session: LiveSession, seqno: string) => void
}

/** The routes of the reserved commands, by cmd. */
export type Extensions = ReadonlyMap<string, Route>

/**
 * Makes the routes of the reserved commands: they are commands like any other, with schemas of their own and no middleware.
 * PROTOCOL.md §Extensions.
 */
export function createExtensions(options: ExtensionsOptions): Extensions {
  const hook = options.authenticate
  return new Map([
    route(EXTENSION.hello, HELLO, async (c, hello: HelloRequest) => {
      c.session.client = hello.client
      if (!(await authenticate(c, hello.auth, hook))) return REPLY
      // A push from elsewhere may follow what the client does next.
      await options.reachable(c.session)
      return welcome(c, hello, options)
    }),
    route(EXTENSION.auth, ANY_OBJECT, async (c, { auth }: AuthRequest) => {
      if (!(await authenticate(c, auth, hook))) return REPLY
      const { resumable } = c.session
      if (resumable !== undefined) resumable.identity = resumeIdentity(c.session, auth, hook !== undefined)
      return {}
    }),
    route(EXTENSION.ping, ANYTHING, ({ session }) => countsOf(session, options)),
    route(EXTENSION.cancel, CANCEL, (c, { seqno }: CancelRequest) => {
      options.cancel(c.session, seqno)
      return {}
    }),
  ])
}

/** Answers a `$hello` whose client may use the server. PROTOCOL.md §Sessions. */
function welcome(c: RequestContext, hello: HelloRequest, options: ExtensionsOptions): unknown {
  const { facts, resumption, answer } = options
  const { session } = c
  const greeting = answerHello(session, hello, facts)
  if (hello.session === undefined || resumption === undefined) return greeting
  if (c.hasEnded) return REPLY
  if (session.resumable !== undefined) return c.abort(STATUS.bad_request, 'the connection has a session already')
  resumption.welcome({
    session,
    request: hello.session,
    identity: resumeIdentity(session, hello.auth, options.authenticate !== undefined),
    answer: (grant) => {
      c.ok({ ...greeting, session: grant })
      answer(c)
    },
  })
  return REPLY
}

/** What both ends have counted, for the client to compare: what has been handed over, and no message more. PROTOCOL.md §$ping. */
function countsOf(session: LiveSession, { flush }: ExtensionsOptions): SessionCounts | object {
  const { resumable } = session
  if (resumable === undefined) return {}
  flush(session)
  return { sent: resumable.journal.sent, received: resumable.received }
}

const ANYTHING: JsonSchema = {}
const ANY_OBJECT: JsonSchema = { type: 'object' }
const SHORT_STRING: JsonSchema = { type: 'string', minLength: 1, maxLength: MAX_SECRET_CHARS }
const SESSION: JsonSchema = {
  type: 'object',
  required: ['holder'],
  properties: {
    holder: SHORT_STRING,
    sid: SHORT_STRING,
    token: SHORT_STRING,
    try: { type: 'integer', minimum: 1 },
    seen: { type: 'integer', minimum: 0 },
  },
  dependentRequired: { sid: ['token', 'try', 'seen'] },
}
const HELLO: JsonSchema = {
  type: 'object',
  required: ['client'],
  properties: {
    client: { type: 'string', maxLength: MAX_CLIENT_CHARS },
    contract: { type: 'string' },
    session: SESSION,
  },
}
const CANCEL: JsonSchema = {
  type: 'object',
  required: ['seqno'],
  properties: { seqno: { type: 'string', minLength: 1, maxLength: MAX_SEQNO_CHARS } },
}

/** `Data` is what `request` makes sure of. */
function route<Data>(
  cmd: string,
  request: JsonSchema,
  handler: (c: RequestContext, data: Data) => unknown,
): [cmd: string, route: Route] {
  const command = { cmd, request, response: ANYTHING, errors: {}, idempotent: true }
  return [
    cmd,
    {
      checks: createCommandChecks(command, { types: {} }),
      run: compose([], (c: RequestContext) => handler(c, c.data as Data)),
    },
  ]
}
