import { CLOSE_CODES, describe, isCloseCode, MAX_CLOSE_REASON_BYTES } from '@wsrv/protocol'

/**
 * Makes sure that a close can be sent before anything of the session ends: a transport that finds out later leaves a
 * connection that is neither open nor closed.
 *
 * @throws RangeError when it cannot.
 */
export function checkClose(code: number, reason: string): void {
  if (!isCloseCode(code)) {
    throw new RangeError(`a close code must be ${CLOSE_CODES}, got ${describe(code)}`)
  }
  const bytes = Buffer.byteLength(reason)
  if (bytes > MAX_CLOSE_REASON_BYTES) {
    throw new RangeError(`a close reason must be at most ${MAX_CLOSE_REASON_BYTES} bytes of UTF-8, got ${bytes}`)
  }
}
