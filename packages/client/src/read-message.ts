import { BadEnvelope, type Codec, type Payload, parseResponse, type Response } from '@wsrv/protocol'

/** Reads what the server sent: a response or a push, or what is wrong with it. Never throws. */
export function readMessage(codec: Omit<Codec, 'peek'>, payload: Payload): Response | BadEnvelope {
  try {
    return parseResponse(codec.decode(payload))
  } catch (error) {
    return new BadEnvelope((error as Error).message)
  }
}
