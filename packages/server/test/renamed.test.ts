import type { Contract } from '@wsrv/schema'
import { describe, expect, it } from 'vitest'
import { connect } from './raw-peer.ts'
import { testContract } from './test-contract.ts'
import { serve } from './test-server.ts'

/** The test contract, whose commands had other names once. */
const contract: Contract = {
  ...testContract,
  commands: testContract.commands.map((command) => ({
    ...command,
    renamedFrom: [`old.${command.cmd}`, `oldest.${command.cmd}`],
  })),
}

describe('a command that was renamed', () => {
  it('answers to every name it had, and repeats the one that was asked', async () => {
    const { url } = await serve({ contract }, (server) => server.handle('anything', () => 1))
    const peer = await connect(url)
    for (const cmd of ['anything', 'old.anything', 'oldest.anything']) {
      peer.send(`{"cmd":"${cmd}","seqno":"a"}`)
      expect(await peer.text()).toBe(`{"cmd":"${cmd}","seqno":"a","status":0,"msg":"ok","data":1}`)
    }
  })

  it('has its present name in middleware, in its handler and for observers', async () => {
    const seen: string[] = []
    const observer = { requestEnded: ({ cmd }: { readonly cmd: string }) => seen.push(`ended ${cmd}`) }
    const { url } = await serve({ contract, observer }, (server) => {
      server.use((c, next) => {
        seen.push(`middleware ${c.cmd}`)
        return next()
      })
      server.handle('anything', (c) => seen.push(`handler ${c.cmd}`))
    })
    const peer = await connect(url)
    peer.send('{"cmd":"old.anything","seqno":"a"}')
    await peer.text()
    expect(seen).toEqual(['middleware anything', 'handler anything', 'ended anything'])
  })

  it('fails, refuses and runs out of time under the name that was asked', async () => {
    const { url, clock, failures } = await serve({ contract }, (server) => {
      server.handle('anything', () => {
        throw new Error('secret')
      })
      server.handle('register', (c) => c.error('uid_taken', { uid: 1 }))
      server.handle('quick', () => new Promise(() => undefined))
    })
    const peer = await connect(url)
    peer.send('{"cmd":"old.anything","seqno":"a"}')
    expect(await peer.text()).toContain('{"cmd":"old.anything","seqno":"a","status":500')
    expect(failures).toMatchObject([{ cmd: 'anything' }])
    peer.send('{"cmd":"old.register","seqno":"b","data":{"uid":0}}')
    expect(await peer.text()).toContain('{"cmd":"old.register","seqno":"b","status":400')
    peer.send('{"cmd":"old.register","seqno":"c","data":{"uid":1}}')
    expect(await peer.text()).toContain('{"cmd":"old.register","seqno":"c","status":1001')
    peer.send('{"cmd":"old.quick","seqno":"d"}')
    peer.send('{"cmd":"$ping","seqno":"e"}')
    await peer.text()
    await clock.advance(1_000)
    expect(await peer.text()).toBe('{"cmd":"old.quick","seqno":"d","status":408,"msg":"timeout","data":{}}')
  })

  it('hears of middleware that is added later, under either name', async () => {
    const { server, url } = await serve({ contract }, (fresh) => fresh.handle('anything', () => 1))
    const peer = await connect(url)
    peer.send('{"cmd":"old.anything","seqno":"a"}')
    expect(await peer.text()).toContain('"status":0')
    server.use((c) => c.abort(403, 'closed for today'))
    peer.send('{"cmd":"old.anything","seqno":"a"}')
    expect(await peer.text()).toContain('"status":403')
  })

  it('takes its handler under its present name only', async () => {
    await serve({ contract }, (server) => {
      expect(() => server.handle('old.anything' as 'anything', () => 1)).toThrow(
        'the contract has no command "old.anything"',
      )
    })
  })
})
