import type { Payload } from '@wsrv/protocol'
import type { ConnectionEvents, OutgoingMessage, PendingUpgrade, ServerConnection } from '@wsrv/server'
import type { ClientOptions } from 'ws'
import { connectRaw, type RawPeer } from './raw-peer.ts'

/** Largest message that the server of the suite reads, in bytes. */
export const MAX_MESSAGE_BYTES = 1_000

/** Both ends of a connection. */
export interface Opened {
  readonly peer: RawPeer
  readonly connection: ServerConnection
  readonly probe: Probe
}

/** What the transport reported of a connection. */
export interface Probe {
  readonly received: (readonly [payload: Payload, bytes: number])[]
  readonly closed: (readonly [code: number, reason: string])[]
  pongs: number
  excesses: number
  drains: number
  progress: number
}

/** Stands behind the adapter, accepts every upgrade unless a test decides otherwise, and notes what happens. */
export class Door {
  readonly url: string
  readonly probes: Probe[] = []
  readonly connections: ServerConnection[] = []
  arrived = 0
  greet: (upgrade: PendingUpgrade) => void = (upgrade) => upgrade.accept(this.begin)

  constructor(url: string) {
    this.url = url
  }

  readonly onUpgrade = (upgrade: PendingUpgrade): void => {
    this.arrived += 1
    this.greet(upgrade)
  }

  readonly begin = (connection: ServerConnection): ConnectionEvents => {
    const probe: Probe = { received: [], closed: [], pongs: 0, excesses: 0, drains: 0, progress: 0 }
    this.connections.push(connection)
    this.probes.push(probe)
    return {
      received: (payload, bytes) => probe.received.push([payload, bytes]),
      ponged: () => {
        probe.pongs += 1
      },
      progressed: () => {
        probe.progress += 1
      },
      exceeded: () => {
        probe.excesses += 1
      },
      drained: () => {
        probe.drains += 1
      },
      closed: (code, reason) => probe.closed.push([code, reason]),
    }
  }

  /** Connects a peer that is let in. */
  async open(query = '', options: ClientOptions = {}): Promise<Opened> {
    const peer = await connectRaw(this.url + query, options)
    const [connection, probe] = [this.connections.at(-1), this.probes.at(-1)]
    if (connection === undefined || probe === undefined) throw new Error('the peer was not let in')
    return { peer, connection, probe }
  }
}

/** A message of its own, in the frame type of its payload. */
export function message(payload: Payload): OutgoingMessage {
  return {
    payload,
    isBinary: typeof payload !== 'string',
    isShared: false,
    frame: undefined,
    kind: 'push',
    label: 'tick',
    holders: 0,
  }
}

/** Bytes as numbers, whatever view they come in. */
export function plain(payload: Payload): string | number[] {
  return typeof payload === 'string' ? payload : [...payload]
}

/** Lets a number of loop turns pass. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}
