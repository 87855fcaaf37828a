import type { Observer } from '@wsrv/server'
import { describe, expect, it } from 'vitest'

/**
 * The one contract of every observer: an implementation's test is one call. An observer stands in the path of every
 * message, so it takes each event as it comes, in any order, throws nothing, changes nothing and returns nothing to wait for.
 */
export function describeObserver(name: string, create: () => Observer): void {
  describe(`${name} as an observer`, () => {
    it.each(EVENTS)('takes %s as it comes, again and again: %j', (method, event) => {
      const observer: Observer = create()
      const take = observer[method]?.bind(observer) as ((event: unknown) => unknown) | undefined
      for (let time = 0; time < 3; time += 1) expect(take?.(freeze(event))).toBeUndefined()
    })

    it('takes the end of what it never saw begin', () => {
      const observer: Observer = create()
      for (const [method, event] of [...EVENTS].reverse()) {
        ;(observer[method] as ((event: unknown) => unknown) | undefined)?.call(observer, freeze(event))
      }
    })
  })
}

function freeze<Event extends object>(event: Event): Event {
  return Object.freeze({ ...event })
}

const request = { sid: 's1', cmd: 'register', seqno: 'a1', requestBytes: 40, responseBytes: 60 }

const EVENTS: readonly (readonly [keyof Observer, object])[] = [
  ['connectionOpened', { sid: 's1', remoteAddress: '127.0.0.1' }],
  ['requestEnded', { ...request, status: 0, durationMs: 0.2 }],
  ['requestEnded', { ...request, cmd: '$hello', status: -1, durationMs: 0, responseBytes: 0 }],
  ['requestRefused', { ...request, status: 429 }],
  ['requestRefused', { ...request, cmd: '__proto__', seqno: '', status: 400 }],
  ['pushSent', { cmd: 'news', seqno: 'abcdefgh', receivers: 5_000, bytes: 80 }],
  ['pushSent', { cmd: 'news', seqno: 'abcdefgh', sid: 's1', receivers: 1, bytes: 80 }],
  ['pushesDropped', { sid: 's1', cmd: 'price', pushes: 17 }],
  ['limitReached', { limit: 'maxInFlight', value: 1_000, sid: 's1', cmd: 'register', seqno: 'a1' }],
  ['limitReached', { limit: 'maxConnections', value: 2, remoteAddress: '::1' }],
  ['failed', { kind: 'handler_threw', error: new Error('boom'), sid: 's1', cmd: 'register', seqno: 'a1' }],
  ['failed', { kind: 'broker_failed', error: undefined }],
  ['connectionClosed', { sid: 's1', code: 1_000, reason: '', durationMs: 5 }],
]
