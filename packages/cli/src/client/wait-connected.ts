import type { WsrvClient } from '@wsrv/client'

/**
 * Waits for a time, or without one for ever, but no longer than there is a connection and the caller wants.
 *
 * @returns whether the connection is still there.
 */
export function waitConnected(client: WsrvClient, stop: AbortSignal, ms?: number): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer)
      off()
      stop.removeEventListener('abort', end)
      resolve(client.state === 'open')
    }
    const timer = ms === undefined ? undefined : setTimeout(end, ms)
    const off = client.onState((state) => state === 'closed' && end())
    stop.addEventListener('abort', end)
    if (stop.aborted || client.state === 'closed') end()
  })
}
