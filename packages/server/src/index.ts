export type { ApiShape } from './api-types.ts'
export type { AuthContext, Authenticate } from './authentication.ts'
export type { Broker, Delivery, Target } from './broker.ts'
export { consoleLogger } from './console-logger.ts'
export type { Context } from './context.ts'
export { createServer } from './create-server.ts'
export type { Arrival, Entrance, EntranceOptions } from './entrance.ts'
export type { CommandHandler, HandlersOf, Middleware, Next } from './handler.ts'
export type { Audience, Hub } from './hub.ts'
export type { Issue, IssueReport } from './issues.ts'
export type { Limits } from './limits.ts'
export type { ListenAddress, ListenOptions } from './listen.ts'
export { createLocalBroker } from './local-broker.ts'
export { createLogObserver } from './log-observer.ts'
export type { Logger } from './logger.ts'
export type {
  ConnectionClosed,
  ConnectionOpened,
  Failure,
  FailureKind,
  LimitName,
  LimitReached,
  Observer,
  PushSent,
  RequestEnded,
  RequestRefused,
} from './observer.ts'
export type { AllowedOrigins } from './origin.ts'
export type { UpgradeRefusal } from './refuse-upgrade.ts'
export type { Reply } from './reply.ts'
export type { Routes } from './routes.ts'
export type { AttachOptions, CloseOptions, Server, ServerOptions } from './server.ts'
export type { Session } from './session.ts'
export type { Disconnect } from './sessions.ts'
export type { ConnectionEvents, OutgoingMessage, ServerConnection, ServerTransport, Upgrade } from './transport.ts'
export type { AuthorizeUpgrade, UpgradeVerdict } from './upgrade-gate.ts'
export type { UpgradeRequest } from './upgrade-request.ts'
export { createWsTransport } from './ws/ws-transport.ts'
