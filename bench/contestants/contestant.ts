import type { Note } from '../job/note.ts'

/** A server that is measured. Its folder has `server.ts` and, where clients are compared, `client.ts`. */
export interface Contestant {
  /** On the command line and in tables. */
  readonly name: string
  /** What it does for a call, for the legend under the tables. */
  readonly does: string
  /** Folder beside this file; several contestants may share one. */
  readonly folder: string
  /** Environment of the server's process. */
  readonly env?: Readonly<Record<string, string>>
  readonly wire: Wire
}

/** A message of the contestant's protocol: text as a string, binary as bytes. */
export type Message = string | Uint8Array

/** How a contestant's protocol frames the job, for a generator that knows only WebSocket messages. */
export interface Wire {
  /** Path and query of the upgrade request. Default `/`. */
  readonly path?: string
  readonly subprotocol?: string
  /** What a client says first, and how many messages answer it before the connection is good. */
  readonly hello?: Greeting
  /** What a client says to be sent pushes. */
  readonly listen?: Greeting
  /** A message of the server's that wants an answer, when the protocol has its own pings. */
  readonly ping?: { readonly text: string; readonly answer: Message }
  /** What a client sends to stay alive, when the protocol wants it to. */
  readonly heartbeat?: Message
  /** A request for the note to be echoed. */
  call(id: number, note: Note): Message
  /** A request for the news to be pushed to everybody, a number of times in one loop turn. */
  announce(id: number, times: number): Message
}

/** Messages of a client's, and how many messages answer them. */
export interface Greeting {
  readonly messages: readonly Message[]
  readonly replies: number
}

/** A contestant's client library, connected. */
export interface BenchClient {
  echo(note: Note): Promise<Note>
  close(): unknown
}
