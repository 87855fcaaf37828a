import type { BenchClient } from '../contestant.ts'
import { serviceProto } from './proto.ts'
import { tsrpc } from './tsrpc.ts'

export async function connect(port: number): Promise<BenchClient> {
  const client = new tsrpc.WsClient(serviceProto, { server: `ws://127.0.0.1:${port}`, logLevel: 'none' })
  await client.connect()
  return {
    echo: async (note) => {
      const answer = await client.callApi('Echo', note)
      if (!answer.isSucc) throw answer.err
      return answer.res
    },
    close: () => client.disconnect(),
  }
}
