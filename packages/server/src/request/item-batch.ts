import {
  type Codec,
  ITEM_MSG,
  jsonCodec,
  type Payload,
  STATUS,
  STREAM_BATCH_BYTES,
  STREAM_BATCH_ITEMS,
  writeJsonResponse,
} from '@wsrv/protocol'
import { createItems } from '../connection/outgoing-message.ts'
import type { OutgoingSchema } from '../serializer/outgoing-schema.ts'
import type { RequestContext } from './request-context.ts'

/**
 * Items of one stream that leave in one message: at the end of the loop turn, or when there are enough of them.
 *
 * Items are written one by one, so that a message is never much larger than it may be. A codec that is not the JSON codec itself
 * writes whole messages only: there each item is one.
 */
export class ItemBatch {
  readonly #context: RequestContext
  readonly #codec: Codec
  readonly #schema: OutgoingSchema
  #texts: string[] = []
  #size = 0
  #flushing: NodeJS.Immediate | undefined

  constructor(context: RequestContext, codec: Codec, schema: OutgoingSchema) {
    this.#context = context
    this.#codec = codec
    this.#schema = schema
  }

  /**
   * Adds an item that was accepted.
   *
   * @throws TypeError when it cannot be written.
   */
  add(item: unknown): void {
    if (this.#codec !== jsonCodec) {
      this.#send(this.#codec.encode({ ...this.#envelope, data: [this.#schema.strip(item)] }))
      return
    }
    const text = this.#schema.writeJson(item)
    if (this.#size + text.length > STREAM_BATCH_BYTES) this.flush()
    this.#size += text.length
    if (this.#texts.push(text) >= STREAM_BATCH_ITEMS) this.flush()
    else this.#flushing ??= setImmediate(() => this.flush())
  }

  /** Sends what there is. */
  flush(): void {
    const texts = this.#texts
    this.clear()
    if (texts.length > 0) this.#send(writeJsonResponse(this.#envelope, `[${texts.join(',')}]`))
  }

  /** Forgets what there is: its reader does not want it any more. */
  clear(): void {
    clearImmediate(this.#flushing)
    this.#flushing = undefined
    this.#texts = []
    this.#size = 0
  }

  get #envelope(): { cmd: string; seqno: string; status: number; msg: string; data: undefined } {
    const { sentCmd: cmd, seqno } = this.#context
    return { cmd, seqno, status: STATUS.item, msg: ITEM_MSG, data: undefined }
  }

  #send(payload: Payload): void {
    const { seqno, isBinary, session } = this.#context
    session.send(createItems(payload, seqno, isBinary))
  }
}
