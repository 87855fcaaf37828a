export { CLIENT_MEMBERS } from './client-members.ts'
export type { Clock, Timer } from './clock.ts'
export { MAX_TIMER_MS, systemClock } from './clock.ts'
export type { CloseName } from './close-code.ts'
export {
  CLOSE,
  CLOSE_CODES,
  FINAL_CLOSES,
  isCloseCode,
  MAX_CLOSE_REASON_BYTES,
  MESSAGE_TOO_BIG,
  MOVED_ON,
  NO_CLOSE_FRAME,
  NO_STATUS,
  NORMAL_CLOSE,
  retryAfterReason,
  SESSION_TAKEN,
} from './close-code.ts'
export type { ClientCodec, Codec, Payload } from './codec.ts'
export type { CommandFailure, FrameworkCode } from './command-error.ts'
export { CommandError } from './command-error.ts'
export { describe } from './describe.ts'
export type { Request, Response, Unanswered } from './envelope.ts'
export { HEARTBEAT, ITEM_MSG, OK_MSG } from './envelope.ts'
export { jsonClientCodec, jsonCodec, writeJson, writeJsonResponse, writeJsonString } from './json-codec.ts'
export * from './limits.ts'
export { BadEnvelope, parseRequest } from './parse-request.ts'
export { parseResponse } from './parse-response.ts'
export type {
  AuthRequest,
  CancelRequest,
  CreditRequest,
  GoAwayData,
  HelloRequest,
  HelloResponse,
} from './reserved-commands.ts'
export { EXTENSION, isReservedCmd, RESERVED_PREFIX } from './reserved-commands.ts'
export type { SearchCost } from './search-cost.ts'
export { guessSearchCost, longestText, searchSteps } from './search-cost.ts'
export { createSeqnoSource, randomChars } from './seqno.ts'
export type {
  AckRequest,
  GapData,
  GapReason,
  NewSessionRequest,
  RefusedResume,
  ResumeRequest,
  SessionCounts,
  SessionGrant,
  SessionRequest,
} from './session.ts'
export type { FrameworkStatus, LocalCode, StatusCode } from './status.ts'
export { codeOfStatus, LOCAL_CODES, MIN_APPLICATION_STATUS, STATUS, UNKNOWN_CODE } from './status.ts'
