import type { Disconnect } from '@wsrv/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEchoServer, reply, request } from '../support/echo-server.ts'
import { frame } from '../support/frame.ts'
import { TcpPeer } from '../support/tcp-peer.ts'
import type { Rfc6455Case } from './case.ts'
import { closing } from './cases/close.ts'
import { controlFrames } from './cases/control-frames.ts'
import { fragmentation } from './cases/fragmentation.ts'
import { framing, sizes } from './cases/framing.ts'
import { utf8 } from './cases/utf8.ts'

const release = new Set<() => void>()
const server = createEchoServer({ limits: { maxMessageBytes: 100_000 } })
server.handle('work', () => new Promise((resolve) => release.add(() => resolve('done'))))
let port = 0
let witness: TcpPeer

beforeAll(async () => {
  port = (await server.listen(0, { host: '127.0.0.1' })).port
  witness = await TcpPeer.open(port)
})

afterAll(async () => {
  witness.destroy()
  await server.close({ drainMs: 0 })
})

describe.each([framing, fragmentation, controlFrames, closing, utf8, sizes])('RFC 6455 $section', ({ cases }) => {
  it.each(cases)('$title', async (one) => {
    const told = firstDisconnect()
    const peer = await TcpPeer.open(port)
    await begin(peer)
    for (const bytes of one.sends) peer.send(bytes)
    for (const answer of one.answers) expect(await peer.next()).toBe(answer)

    const ends = endOf(one)
    if (ends === undefined) {
      await goesOn(peer)
    } else {
      if (one.violation !== undefined) expect(await peer.next()).toBe(`close ${one.violation}`)
      expect(await peer.next()).toBe('end')
      expect(await told).toMatchObject(ends)
    }
    peer.destroy()
    await told
    witness.send(frame(0x81, request('echo', 'witness')))
    expect(await witness.next()).toBe(reply('echo', 'witness'))
  })
})

/** What `onDisconnect` tells; `undefined` when the connection goes on. */
function endOf({ answers, violation, toldCode }: Rfc6455Case): object | undefined {
  if (violation !== undefined)
    return { code: 1006, reason: expect.stringMatching(/^(Invalid|Max|Unsupported|Too many)/) }
  const closed = /^close ?(\d*)/.exec(answers.at(-1) ?? '')
  return closed ? { code: toldCode ?? Number(closed[1]) } : undefined
}

function firstDisconnect(): Promise<Disconnect> {
  return new Promise((resolve) => {
    const off = server.onDisconnect((_session, disconnect) => {
      off()
      resolve(disconnect)
    })
  })
}

/** Puts a call in flight. */
async function begin(peer: TcpPeer): Promise<void> {
  release.clear()
  peer.send(frame(0x81, request('work', 'before')))
  peer.send(frame(0x89, 'begun'))
  expect(await peer.next()).toBe('pong "begun"')
  expect(release.size).toBe(1)
}

/** The call in flight is answered, and a new one. */
async function goesOn(peer: TcpPeer): Promise<void> {
  for (const resolve of release) resolve()
  expect(await peer.next()).toBe(reply('work', 'before', 'done'))
  peer.send(frame(0x81, request('echo', 'after')))
  expect(await peer.next()).toBe(reply('echo', 'after'))
}
