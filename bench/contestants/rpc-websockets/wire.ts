import type { Wire } from '../contestant.ts'

/** JSON-RPC 2.0. Params given as an array arrive as one. */
export const rpcWebsocketsWire: Wire = {
  listen: { messages: [request(0, 'rpc.on', ['news'])], replies: 1 },
  call: (id, note) => request(id, 'echo', note),
  announce: (id, times) => request(id, 'announce', { times }),
}

function request(id: number, method: string, params: unknown): string {
  return JSON.stringify({ jsonrpc: '2.0', method, params, id })
}
