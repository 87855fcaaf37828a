import { codeOfStatus, STATUS, UNKNOWN_CODE } from '@wsrv/protocol'

/** What a request is called in spans and metrics: OpenTelemetry's semantic conventions for RPC, and ours under `wsrv.`. */
export const ATTRIBUTE = {
  /** Always {@link RPC_SYSTEM}. */
  rpcSystem: 'rpc.system.name',
  /** The command. */
  rpcMethod: 'rpc.method',
  /** The answer's status, as text. */
  rpcStatus: 'rpc.response.status_code',
  /** The code of a status that is a failure. */
  errorType: 'error.type',
  clientAddress: 'client.address',
  sid: 'wsrv.sid',
  seqno: 'wsrv.seqno',
  closeCode: 'wsrv.close.code',
  failureKind: 'wsrv.failure.kind',
  push: 'wsrv.push.name',
  limit: 'wsrv.limit.name',
  reason: 'wsrv.reason',
} as const

/** The name of this protocol among RPC systems. */
export const RPC_SYSTEM = 'wsrv'

/** Name of the tracer and of the meter. */
export const SCOPE_NAME = '@wsrv/server'

/** What an answer's status says: the status, and its code when it is a failure; the application's own are their number. */
export function statusAttributes(status: number): Readonly<Record<string, string>> {
  const text = String(status)
  if (status === STATUS.ok) return { [ATTRIBUTE.rpcStatus]: text }
  const code = codeOfStatus(status)
  return { [ATTRIBUTE.rpcStatus]: text, [ATTRIBUTE.errorType]: code === UNKNOWN_CODE ? text : code }
}
