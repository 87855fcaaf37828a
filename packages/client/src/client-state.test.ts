import { describe, expect, it } from 'vitest'
import { type ClientEvent, type ClientState, transition } from './client-state.ts'

const EVENTS: readonly ClientEvent[] = ['connect', 'opened', 'lost', 'close']

describe('transition', () => {
  it.each<[ClientState, ...ClientState[]]>([
    // state         connect       opened        lost       close
    ['idle', 'connecting', 'idle', 'idle', 'closed'],
    ['connecting', 'connecting', 'open', 'waiting', 'closed'],
    ['open', 'open', 'open', 'waiting', 'closed'],
    ['waiting', 'connecting', 'waiting', 'waiting', 'closed'],
    ['closed', 'connecting', 'closed', 'closed', 'closed'],
  ])('leads from %s to %s, %s, %s, %s', (state, ...next) => {
    expect(EVENTS.map((event) => transition(state, event))).toEqual(next)
  })
})
