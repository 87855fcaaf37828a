import { BadEnvelope, type Codec, type Payload, parseResponse, type Response } from '@wsrv/protocol'

/**
 * Reads what the server sent: a response or a push.
 *
 * @throws Error that says what is wrong with it.
 */
export function readMessage(codec: Omit<Codec, 'peek'>, payload: Payload): Response {
  const message = parseResponse(codec.decode(payload))
  if (message instanceof BadEnvelope) throw new Error(message.problem)
  return message
}
