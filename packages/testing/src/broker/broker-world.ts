import { once } from 'node:events'
import type { Contract } from '@wsrv/schema'
import {
  type Broker,
  type BrokerEvent,
  createServer,
  type PresenceChange,
  type Server,
  type Session,
} from '@wsrv/server'
import WebSocket from 'ws'

/** The contract that the scenarios speak. */
export interface BrokerApi {
  commands: Record<never, never>
  pushes: { note: { n: number }; text: { text: string } }
  session: Record<never, never>
}

const object = (properties: object): object => ({ type: 'object', properties, required: Object.keys(properties) })

const CONTRACT: Contract = {
  commands: [],
  pushes: [
    { cmd: 'note', data: object({ n: { type: 'integer' } }) },
    { cmd: 'text', data: object({ text: { type: 'string' } }) },
  ],
  types: {},
}

/** One of the servers. */
export interface BrokerNode {
  readonly server: Server<BrokerApi>
  /** What its broker reported. */
  readonly events: BrokerEvent[]
  /** Presence changes it was notified of. */
  readonly changes: PresenceChange[]
  /** Connects a client; resolves when the other servers can reach its session. */
  connect(): Promise<BrokerPeer>
  /** Connects a client that says `$hello`; resolves with its answer. */
  greet(): Promise<BrokerPeer>
  close(): Promise<void>
}

/** A client of one of the servers, and its session there. */
export interface BrokerPeer {
  readonly sid: string
  readonly session: Session<BrokerApi>
  /** Messages as they came, text or bytes. */
  readonly messages: readonly (string | Buffer)[]
  /** `n` of each `note`, in order. */
  readonly notes: readonly number[]
  /** How its connection ended; `undefined` while it goes on. */
  readonly closed: { code: number; reason: string } | undefined
  close(): void
}

/** How a node differs from the usual. */
export interface NodeOptions {
  readonly messageType?: 'text' | 'binary'
  readonly maxRooms?: number
}

/** Servers over one broker, and their clients. */
export class BrokerWorld {
  readonly nodes: BrokerNode[] = []
  readonly #broker: () => Promise<Broker>
  readonly #closed = new Set<Server<BrokerApi>>()

  /** @param broker returns the broker that joins the next server to the others. */
  constructor(broker: () => Promise<Broker>) {
    this.#broker = broker
  }

  /** Starts one more server. */
  async add({ messageType = 'text', maxRooms = 1_000 }: NodeOptions = {}): Promise<BrokerNode> {
    const events: BrokerEvent[] = []
    const changes: PresenceChange[] = []
    const server = createServer<BrokerApi>(CONTRACT, {
      broker: await this.#broker(),
      logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
      observer: { brokerEvent: (event) => events.push(event) },
      messageType,
      limits: { maxRooms },
    })
    server.onPresence((change) => changes.push(change))
    const { url } = await server.listen(0, { host: '127.0.0.1' })
    const peers: WebSocket[] = []
    const node: BrokerNode = {
      server,
      events,
      changes,
      connect: async () => {
        const peer = await connect(server, url, peers)
        await this.#isReachable(peer.sid)
        return peer
      },
      greet: async () => {
        const peer = await connect(server, url, peers)
        peer.send('{"cmd":"$hello","seqno":"h","data":{"client":"peer"}}')
        while (peer.messages.length === 0) await new Promise((resolve) => setImmediate(resolve))
        return peer
      },
      close: async () => {
        this.#closed.add(server)
        for (const peer of peers) peer.terminate()
        await server.close({ drainMs: 0 })
      },
    }
    this.nodes.push(node)
    return node
  }

  /** A broker over a network takes a moment until a new session is known to it. */
  async #isReachable(sid: string): Promise<void> {
    const open = this.nodes.filter(({ server }) => !this.#closed.has(server))
    await Promise.all(open.map(({ server }) => finds(server, sid)))
  }

  async close(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.close()))
  }
}

function ignore(): void {}

/** Resolves when a server finds a session. A question that came too early may wait for its whole timeout: others follow it. */
function finds(server: Server<BrokerApi>, sid: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const ask = (): void =>
      void server
        .session(sid)
        .exists()
        .then(
          (isFound) => isFound && end(resolve),
          (error) => end(() => reject(error)),
        )
    const timer = setInterval(ask, ASK_INTERVAL_MS)
    const end = (settle: () => void): void => {
      clearInterval(timer)
      settle()
    }
    ask()
  })
}

const ASK_INTERVAL_MS = 10

async function connect(server: Server<BrokerApi>, url: string, peers: WebSocket[]): Promise<SendingPeer> {
  const connected = new Promise<Session<BrokerApi>>((resolve) => {
    const stop = server.onConnect((session) => {
      stop()
      resolve(session)
    })
  })
  const socket = new WebSocket(url)
  peers.push(socket)
  const messages: (string | Buffer)[] = []
  const notes: number[] = []
  let closed: BrokerPeer['closed']
  socket.on('message', (data: Buffer, isBinary) => {
    messages.push(isBinary ? data : data.toString())
    const push: unknown = JSON.parse(data.toString())
    if (isNote(push)) notes.push(push.data.n)
  })
  socket.on('close', (code, reason) => {
    closed = { code, reason: reason.toString() }
  })
  socket.on('error', ignore)
  const session = await connected
  if (socket.readyState !== WebSocket.OPEN) await once(socket, 'open')
  return {
    send: (text) => socket.send(text),
    sid: session.sid,
    session,
    messages,
    notes,
    get closed() {
      return closed
    },
    close: () => socket.terminate(),
  }
}

interface SendingPeer extends BrokerPeer {
  send(text: string): void
}

function isNote(push: unknown): push is { data: { n: number } } {
  return typeof push === 'object' && push !== null && 'cmd' in push && push.cmd === 'note'
}
