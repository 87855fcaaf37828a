import type { Contract } from '@wsrv/schema'

/** What the page is told by whoever serves it, as JSON at `setup.json` beside the page. */
export interface PlaygroundSetup {
  /** Where the page connects: a path of its own host, or a WebSocket URL. */
  readonly url: string
  /** The server's own WebSocket URL, where the page reaches it through another. Default {@link url}. */
  readonly server?: string
  /** What can be called. Without a contract the page sends raw messages only. */
  readonly contract?: Contract
  /** Name of the API, shown at the top. */
  readonly title?: string
}
