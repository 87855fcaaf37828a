import type { Wire } from '../contestant.ts'

/** wsrv's envelopes: {@link wsrv} speaks them with all it does, `ws` and `uws` with nothing but JSON. PROTOCOL.md §Request. */
export const envelopeWire: Wire = {
  heartbeat: '',
  call: (id, note) => JSON.stringify({ cmd: 'echo', seqno: `bench-${id}`, data: note }),
  announce: (id, times) => JSON.stringify({ cmd: 'announce', seqno: `bench-${id}`, data: { times } }),
}
