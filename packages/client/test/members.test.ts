import { WsrvClient } from '@wsrv/client'
import { CLIENT_MEMBERS } from '@wsrv/protocol'
import { expect, it } from 'vitest'

it('lists every public member of the client, so that no command hides one', () => {
  const members = Object.getOwnPropertyNames(WsrvClient.prototype).filter((name) => name !== 'constructor')
  expect([...new Set([...members, ...RESERVED])].sort()).toEqual([...CLIENT_MEMBERS].sort())
})

/** Names that the client's half of sessions takes: refused ahead of it, so that no contract breaks when it comes. */
const RESERVED = ['onGap', 'onSession']
