import type { Wire } from '../contestant.ts'

/** Engine.IO 4 over WebSocket only, Socket.IO 5 packets: `42<ack id>["event", …]`. */
export const socketIoWire: Wire = {
  path: '/socket.io/?EIO=4&transport=websocket',
  hello: { messages: ['40'], replies: 2 },
  ping: { text: '2', answer: '3' },
  call: (id, note) => `42${id}${JSON.stringify(['echo', note])}`,
  announce: (id, times) => `42${id}${JSON.stringify(['announce', times])}`,
}
