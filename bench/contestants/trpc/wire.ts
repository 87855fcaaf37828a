import type { Wire } from '../contestant.ts'

/** tRPC's own envelopes over WebSocket; its keep-alive is the text `PING`. */
export const trpcWire: Wire = {
  listen: { messages: [request(0, 'subscription', 'news')], replies: 1 },
  ping: { text: 'PING', answer: 'PONG' },
  call: (id, note) => request(id, 'query', 'echo', note),
  announce: (id, times) => request(id, 'mutation', 'announce', { times }),
}

function request(id: number, method: string, path: string, input?: unknown): string {
  return JSON.stringify({ id, method, params: { path, input } })
}
