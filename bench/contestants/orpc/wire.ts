import type { Wire } from '../contestant.ts'

/** oRPC's peer messages: id, url and body. */
export const orpcWire: Wire = {
  listen: { messages: [request(0, 'news')], replies: 1 },
  call: (id, note) => request(id, 'echo', note),
  announce: (id, times) => request(id, 'announce', { times }),
}

function request(id: number, procedure: string, input?: unknown): string {
  return JSON.stringify({
    i: String(id),
    p: { u: `/${procedure}`, b: input === undefined ? undefined : { json: input } },
  })
}
