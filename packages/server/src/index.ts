export { jsonCodec } from '@wsrv/protocol'
export type { ApiShape } from './api-types.ts'
export type { Adapter, AdapterOptions, PendingUpgrade } from './connection/adapter.ts'
export type { ListenAddress, ListenOptions } from './connection/listen.ts'
export type { AllowedOrigins } from './connection/origin.ts'
export type { OutgoingMessage } from './connection/outgoing-message.ts'
export type { UpgradeRefusal } from './connection/refuse-upgrade.ts'
export type { PlaygroundOptions } from './connection/serve-playground.ts'
export type {
  ConnectionEvents,
  ServerConnection,
  ServerTransport,
  Upgrade,
  UpgradeRequest,
} from './connection/transport.ts'
export type { AuthorizeUpgrade, UpgradeVerdict } from './connection/upgrade-gate.ts'
export { createServer } from './create-server.ts'
export type { AcceptOptions, AuthContext, Authenticate } from './extensions/authentication.ts'
export type { Limits } from './limits.ts'
export type { LogObserverOptions } from './observer/log-observer.ts'
export { createLogObserver } from './observer/log-observer.ts'
export type { Logger } from './observer/logger.ts'
export { consoleLogger } from './observer/logger.ts'
export type {
  BrokerEvent,
  ConnectionClosed,
  ConnectionOpened,
  Failure,
  FailureKind,
  LimitName,
  LimitReached,
  Observer,
  PushesDropped,
  PushSent,
  RequestEnded,
  RequestRefused,
  UpgradeRefused,
} from './observer/observer.ts'
export type {
  Broker,
  BrokerLink,
  BrokerServer,
  Delivery,
  EveryoneTarget,
  Loss,
  PresenceChange,
  RemoteMember,
  RoomTarget,
  SessionRequest,
  SessionTarget,
  Target,
} from './push/broker.ts'
export { BrokerError } from './push/broker.ts'
export { createLocalBroker } from './push/local-broker.ts'
export type { Context, Reply } from './request/context.ts'
export type { CommandHandler, HandlersOf, Middleware, Next, Routes, Served } from './request/handler.ts'
export type { Audience, Hub, Member, RoomAudience, SessionAnywhere } from './request/hub.ts'
export type { AttachOptions, CloseOptions, Server, ServerArguments, ServerOptions } from './server-types.ts'
export type { Session } from './session/session.ts'
export type { Disconnect } from './session/sessions.ts'
export type { Issue, IssueReport } from './validation/issues.ts'
export { createWsTransport } from './ws/ws-transport.ts'
