import { type ClientCodec, isReservedCmd, jsonClientCodec, type Request } from '@wsrv/protocol'

/**
 * A codec that sends the caller's W3C trace context with each call: `createClient(url, { codec: withTraceContext(current) })`.
 * A server that traces makes its spans children of it; others ignore the key. PROTOCOL.md §traceparent.
 *
 * With OpenTelemetry: `() => { const carrier = {}; propagation.inject(context.active(), carrier); return carrier.traceparent }`.
 *
 * @param traceparent called when a request is written. Usually that is where the call is made; a call that waits for its
 * connection, or is sent again on another, is written later, outside its caller's context. `undefined` sends no key.
 * @param codec what writes the request. Default JSON.
 */
export function withTraceContext(
  traceparent: () => string | undefined,
  codec: ClientCodec = jsonClientCodec,
): ClientCodec {
  return {
    decode: (payload) => codec.decode(payload),
    encode: (envelope) =>
      codec.encode(isReservedCmd(envelope.cmd) ? envelope : ({ ...envelope, traceparent: traceparent() } as Request)),
  }
}
