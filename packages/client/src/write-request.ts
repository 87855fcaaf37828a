import { isReservedCmd, type Payload } from '@wsrv/protocol'
import type { Call } from './call.ts'
import type { Settings } from './settings.ts'

/**
 * Writes a call's request as the frame type wants it: text as it is, binary as UTF-8 bytes. PROTOCOL.md §Request.
 *
 * With extensions the rest of the caller's time travels along. PROTOCOL.md §timeoutMs.
 *
 * @param ack number to acknowledge on the way. PROTOCOL.md §$ack.
 * @throws TypeError when the data cannot be written.
 */
export function writeRequest(
  call: Call,
  { codec, messageType, extensions, clock }: Settings,
  ack: number | undefined,
): Payload {
  const { cmd, seqno, data = {}, deadlineAt, info } = call
  const isTimed = extensions && !isReservedCmd(cmd)
  const timeoutMs = Math.ceil(deadlineAt - clock.now())
  const payload = codec.encode({ cmd, seqno, data, ...(isTimed && { timeoutMs, ack, credit: info.stream?.credit }) })
  return messageType === 'binary' && typeof payload === 'string' ? utf8.encode(payload) : payload
}

const utf8 = /* @__PURE__ */ new TextEncoder()
