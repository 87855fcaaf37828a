import type { Response } from '@wsrv/protocol'
import type {
  ApiShape,
  CommandName,
  ContextOf,
  ErrorsOf,
  PresenceOf,
  PushName,
  RequestOf,
  ResponseOf,
  SessionKey,
} from '../api-types.ts'
import type { UpgradeRequest } from '../connection/transport.ts'
import type { Session } from '../session/session.ts'
import type { Hub } from './hub.ts'

/** One request, as its middleware and its handler see it. */
export interface Context<Api extends ApiShape, Cmd extends CommandName<Api> = CommandName<Api>> {
  readonly cmd: Cmd
  /** As the client sent it; `''` when it sent none. */
  readonly seqno: string
  readonly sid: string
  /** The request's data: matches its schema, defaults filled in. */
  readonly data: RequestOf<Api, Cmd>
  /** W3C trace context, as the client sent it, for `@wsrv/server/otel`; `undefined` when it sent none. PROTOCOL.md §traceparent. */
  readonly traceparent: string | undefined
  /** The upgrade request of the connection. */
  readonly request: UpgradeRequest
  readonly session: Session<Api>
  readonly server: Hub<Api>
  /** What `createServer` was given as `context`, the very object; `{}` when it was given none. */
  readonly context: ContextOf<Api>
  /**
   * Aborts when the answer is not waited for any more: its time is up (the server's limit or the caller's), the caller gave it
   * up, or the connection ended. Its reason is a `CommandError`, `timeout` or `cancelled`; a handler that throws it, or an
   * error it caused, has not failed. Made when first read.
   */
  readonly signal: AbortSignal
  /**
   * Stands for this call: 43 characters that are the same when its client sends it again, also on a new connection, in a new session
   * or at another server, and those of no other call. A unique index on it makes a command safe to be `idempotent`. `undefined` when
   * the client asks for no session, or sent no seqno: it does not send again either.
   */
  readonly callKey: string | undefined
  /** The answer; `undefined` until there is one. What its schema does not declare is left out only when it is written. */
  readonly response: Response | undefined
  /** The answer's status; `undefined` until there is one. */
  readonly status: number | undefined

  /** A value kept with the session. */
  get<Key extends SessionKey<Api>>(key: Key): Api['session'][Key] | undefined
  /** Keeps a value with the session; `undefined` forgets it. */
  set<Key extends SessionKey<Api>>(key: Key, value: Api['session'][Key] | undefined): void
  /** Answers with success. The first answer counts; later ones are ignored. */
  ok(data: ResponseOf<Api, Cmd>): Reply
  /**
   * Answers with one of the command's errors. The first answer counts.
   *
   * @throws TypeError when the command has no error of that name.
   */
  error<Name extends Extract<keyof ErrorsOf<Api, Cmd>, string>>(
    name: Name,
    ...details: ErrorDetails<ErrorsOf<Api, Cmd>[Name]>
  ): Reply
  /**
   * Answers with a status of the framework or any other failure. The first answer counts.
   *
   * @throws TypeError when `status` is not an integer or is 0, success.
   */
  abort(status: number, msg: string, data?: unknown): Reply
  /** Sends a push to the request's session; it may arrive before the reply. */
  push<Name extends PushName<Api>>(name: Name, data: Api['pushes'][Name]): boolean
  /** Takes the request's session into a room, as {@link Session.join} does. */
  join(room: string, value?: PresenceOf<Api>): PromiseLike<void>
  /** Takes the request's session out of a room. */
  leave(room: string): void
}

/** What follows an error's name: its data, which may be left out when it has no required property, and a message for people. */
export type ErrorDetails<Data> =
  Record<never, never> extends Data ? [data?: Data, msg?: string] : [data: Data, msg?: string]

/**
 * What `c.ok`, `c.error` and `c.abort` return, for a handler to return or throw.
 *
 * It carries nothing: the answer is already with its request.
 */
export class Reply {
  /** Lets no other object pass as a reply at compile time. */
  protected readonly kind = 'reply'
}

/** The one reply there is. */
export const REPLY: Reply = new Reply()
