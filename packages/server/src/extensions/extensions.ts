import {
  type AuthRequest,
  type CancelRequest,
  EXTENSION,
  type HelloRequest,
  MAX_CLIENT_CHARS,
  MAX_SEQNO_CHARS,
} from '@wsrv/protocol'
import type { JsonSchema } from '@wsrv/schema'
import type { OpenApi } from '../api-types.ts'
import { createCommandChecks } from '../request/command-checks.ts'
import { compose } from '../request/compose.ts'
import { REPLY } from '../request/context.ts'
import type { RequestContext } from '../request/request-context.ts'
import type { Route } from '../request/router.ts'
import type { LiveSession } from '../session/live-session.ts'
import { type Authenticate, authenticate } from './authentication.ts'
import { answerHello, type HelloFacts } from './hello.ts'

/** What the reserved commands need of the rest of the server. */
export interface ExtensionsOptions {
  readonly facts: HelloFacts
  readonly authenticate: Authenticate<OpenApi> | undefined
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
      return (await authenticate(c, hello.auth, hook)) ? answerHello(c.session, hello, options.facts) : REPLY
    }),
    route(EXTENSION.auth, ANY_OBJECT, async (c, { auth }: AuthRequest) =>
      (await authenticate(c, auth, hook)) ? {} : REPLY,
    ),
    route(EXTENSION.ping, ANYTHING, () => ({})),
    route(EXTENSION.cancel, CANCEL, (c, { seqno }: CancelRequest) => {
      options.cancel(c.session, seqno)
      return {}
    }),
  ])
}

const ANYTHING: JsonSchema = {}
const ANY_OBJECT: JsonSchema = { type: 'object' }
const HELLO: JsonSchema = {
  type: 'object',
  required: ['client'],
  properties: { client: { type: 'string', maxLength: MAX_CLIENT_CHARS }, contract: { type: 'string' } },
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
    { checks: createCommandChecks(command, {}), run: compose([], (c: RequestContext) => handler(c, c.data as Data)) },
  ]
}
