import type { Message, Wire } from '../contestant.ts'
import { serviceProto } from './proto.ts'
import { tsrpc } from './tsrpc.ts'

const { tsbuffer, serviceMap } = new tsrpc.WsClient(serviceProto)

/** TSRPC's binary messages, written by its own encoder. */
export const tsrpcWire: Wire = {
  subprotocol: 'buffer',
  call: (id, note) => request(id, 'Echo', note),
  announce: (id, times) => request(id, 'Announce', { times }),
}

function request(id: number, name: string, data: unknown): Message {
  const service = serviceMap.apiName2Service[name]
  if (service === undefined) throw new Error(`TSRPC has no service ${name}`)
  const encoded = tsrpc.TransportDataUtil.encodeApiReq(tsbuffer, service, data, 'buffer', id + 1)
  if (!encoded.isSucc) throw new Error(`TSRPC does not encode ${name}: ${encoded.errMsg}`)
  return encoded.output as Uint8Array
}
