import { createWebSocketTransport, type Transport } from '@wsrv/client'
import type { Payload } from '@wsrv/protocol'
import type { Output } from '../output.ts'
import { printable } from '../show/printable.ts'

/** A transport that shows every message as it leaves or comes, on standard error. */
export function logWire({ error, colors }: Output, transport: Transport = createWebSocketTransport()): Transport {
  const show = (arrow: string, payload: Payload): void => {
    const text = typeof payload === 'string' ? payload : new TextDecoder().decode(payload)
    error(`${arrow} ${text === '' ? colors.dim('(heartbeat)') : printable(text)}`)
  }
  return {
    connect: (url, events) => {
      const connection = transport.connect(url, {
        opened: () => {
          error(colors.dim(`connected to ${printable(url)}`))
          events.opened()
        },
        received: (payload) => {
          show(colors.green('←'), payload)
          events.received(payload)
        },
        closed: (close) => {
          error(colors.dim(`closed ${close.code} ${printable(close.reason)}`.trimEnd()))
          events.closed(close)
        },
      })
      return {
        send: (payload) => {
          const wasSent = connection.send(payload)
          if (wasSent) show(colors.cyan('→'), payload)
          return wasSent
        },
        close: (code, reason) => connection.close(code, reason),
        terminate: () => connection.terminate(),
      }
    },
  }
}
