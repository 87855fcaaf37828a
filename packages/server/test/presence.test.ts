import { describe, expect, expectTypeOf, it } from 'vitest'
import type { Member } from '../src/request/hub.ts'
import type { Session } from '../src/session/session.ts'
import { connect } from './raw-peer.ts'
import { testContract } from './test-contract.ts'
import { serve } from './test-server.ts'

const presence = {
  type: 'object',
  properties: { uid: { type: 'integer' } },
  required: ['uid'],
  additionalProperties: false,
}

interface Api {
  commands: Record<never, never>
  pushes: Record<never, never>
  session: Record<never, never>
  presence: { uid: number }
}

describe('with a presence in the contract', () => {
  it('what is shown has its type', () => {
    expectTypeOf<Session<Api>['join']>().parameter(1).toEqualTypeOf<{ uid: number } | undefined>()
    expectTypeOf<Member<Api>['value']>().toEqualTypeOf<{ uid?: number }>()
    expectTypeOf<Member<Omit<Api, 'presence'>>['value']>().toEqualTypeOf<object>()
  })

  it('a session shows what matches it, and enters no room with anything else', async () => {
    const { server, url } = await serve({ contract: { ...testContract, presence } })
    await connect(url)
    const [session] = server.sessions.values()
    expect(() => session?.join('lobby', { uid: 'x' })).toThrow('presence: /uid must be integer, got "x"')
    expect(session?.rooms.size).toBe(0)
    await session?.join('lobby', { uid: 1 })
    expect(await server.to('lobby').members()).toMatchObject([{ sid: session?.sid, value: { uid: 1 } }])
  })

  it('what it does not declare is not shown', async () => {
    const open = { type: 'object', properties: { uid: { type: 'integer' } } }
    const { server, url } = await serve({ contract: { ...testContract, presence: open } })
    await connect(url)
    const [session] = server.sessions.values()
    const changes: unknown[] = []
    server.onPresence(({ value }) => changes.push(value))
    await session?.join('lobby', { uid: 1, password: 'x' })
    expect(changes).toEqual([{ uid: 1 }])
  })

  it('one may still show nothing', async () => {
    const { server, url } = await serve({ contract: { ...testContract, presence } })
    await connect(url)
    const [session] = server.sessions.values()
    await session?.join('lobby')
    expect(await server.to('lobby').members()).toMatchObject([{ value: {} }])
  })
})
