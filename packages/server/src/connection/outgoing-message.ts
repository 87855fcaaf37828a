import { isReservedCmd, type Payload, type Response } from '@wsrv/protocol'

/** A message on its way out. */
export interface OutgoingMessage {
  readonly payload: Payload
  /** Frame type: binary when true, else text. */
  readonly isBinary: boolean
  /** Whether the same object goes to several readers, so that a transport does well to keep its {@link frame}. */
  readonly isShared: boolean
  /** The transport's own framing of a shared message, made once and kept here. */
  frame: Uint8Array | undefined
  /** What it is; `control` is the protocol's own, which is not counted. PROTOCOL.md §Sessions. */
  readonly kind: 'push' | 'reply' | 'item' | 'control'
  /** A push's name, else its request's seqno; `''` of a request that had none. */
  readonly label: string
  /** How many journals of sessions hold it. */
  holders: number
}

/** What a reply's message is made of beside its payload. */
export type ReplyFacts = Pick<Response, 'cmd' | 'seqno'>

/** Makes the message of a reply. */
export function createReply(payload: Payload, { cmd, seqno }: ReplyFacts, isBinary: boolean): OutgoingMessage {
  const kind = isReservedCmd(cmd) ? 'control' : 'reply'
  return { payload, isBinary, isShared: false, frame: undefined, kind, label: seqno, holders: 0 }
}

/** Makes the message of a stream's items. */
export function createItems(payload: Payload, seqno: string, isBinary: boolean): OutgoingMessage {
  return { payload, isBinary, isShared: false, frame: undefined, kind: 'item', label: seqno, holders: 0 }
}

/** What a push's message is made of beside its payload. */
export interface PushFacts {
  readonly cmd: string
  readonly isBinary: boolean
  readonly isShared: boolean
}

/** Makes the message of a push. */
export function createPush(payload: Payload, { cmd, isBinary, isShared }: PushFacts): OutgoingMessage {
  const kind = isReservedCmd(cmd) ? 'control' : 'push'
  return { payload, isBinary, isShared, frame: undefined, kind, label: cmd, holders: 0 }
}
