export type { CommandFailure, FrameworkCode } from '@wsrv/protocol'
export { CommandError } from '@wsrv/protocol'
export { isErrorOf } from './call.ts'
export { WsrvClient } from './client.ts'
export type {
  Caller,
  CallOptions,
  ClientOptions,
  ClientUrl,
  OutboxOptions,
  ReconnectOptions,
} from './client-options.ts'
export type { ClientState, StateChange, StateListener } from './client-state.ts'
export { isFinalClose } from './close-verdict.ts'
export type { CommandInfo } from './command-info.ts'
export type { ContractHashes, ContractMismatch } from './contract-mismatch.ts'
export { offerSnapshots } from './offer-snapshots.ts'
export type { Problem, ProblemKind } from './problem.ts'
export { reportProblem } from './problem.ts'
export type { PushesOptions, PushIterator } from './push-iterator.ts'
export type { Gap, GapOf, GapWithSnapshot, LostWhy, SessionChange } from './session-change.ts'
export type { Stream } from './stream.ts'
export { openStream } from './stream.ts'
export type { PushListener, PushMessage } from './subscriptions.ts'
export { withTraceContext } from './trace-context.ts'
export type { Connection, ConnectionClose, Transport, TransportEvents } from './transport.ts'
export { warnDeprecated } from './warn-deprecated.ts'
export type { WebSocketTransportOptions } from './web-socket-transport.ts'
export { createWebSocketTransport } from './web-socket-transport.ts'
