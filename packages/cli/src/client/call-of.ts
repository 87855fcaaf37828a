import { type CallOptions, openStream, type WsrvClient } from '@wsrv/client'
import type { Contract } from '@wsrv/schema'
import { commandInfo, findCommand } from './connection.ts'

/** Sends a request and shows what comes: each item of a stream, then the response. */
export type SendCall = (client: WsrvClient, data: unknown, sent: SentCall) => Promise<void>

/** How a request is sent, and what takes its answer. */
export interface SentCall extends CallOptions {
  readonly show: (value: unknown) => void
}

/** Makes what calls a command, a stream or not; without a contract it is taken for none. */
export function callOf(cmd: string, contract: Contract | undefined): SendCall {
  const info = commandInfo(cmd, contract)
  const isStream = contract !== undefined && findCommand(contract, cmd)?.stream !== undefined
  return async (client, data, { show, ...options }) => {
    if (!isStream) return show(await client.call(info, data, options))
    const stream = openStream(client, info, data, options)
    for await (const item of stream) show(item)
    show(await stream.response)
  }
}
