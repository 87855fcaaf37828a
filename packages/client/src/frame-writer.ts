import type { Codec, Payload, Request } from '@wsrv/protocol'

/** Writes requests as the frame type wants them: text as it is, binary as UTF-8 bytes. */
export function createFrameWriter(
  codec: Omit<Codec, 'peek'>,
  messageType: 'text' | 'binary',
): (request: Request) => Payload {
  if (messageType === 'text') return (request) => codec.encode(request)
  const utf8 = new TextEncoder()
  return (request) => {
    const payload = codec.encode(request)
    return typeof payload === 'string' ? utf8.encode(payload) : payload
  }
}
