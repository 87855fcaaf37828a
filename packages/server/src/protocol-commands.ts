import type { Request } from '@wsrv/protocol'
import type { LiveSession } from './live-session.ts'

/** Serves a command of the protocol itself. */
export type ProtocolCommand = (session: LiveSession, request: Request, isBinary: boolean) => void

/** The reserved commands that this server knows; the others are answered as unknown, and that answer is the negotiation. PROTOCOL.md §Extensions. */
export const PROTOCOL_COMMANDS: ReadonlyMap<string, ProtocolCommand> = new Map()
