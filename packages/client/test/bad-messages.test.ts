import { describe, expect, it } from 'vitest'
import { openStage, reply } from './stage.ts'

describe('a message of the server', () => {
  it.each([
    ['garbage', expect.any(String)],
    ['[1]', 'a response must be a JSON object, got an array of 1'],
    ['{"cmd":"echo","seqno":"aaaaaa-0001","status":"0"}', 'status must be an integer, got "0"'],
    ['{"cmd":"echo","seqno":17,"status":0}', 'seqno must be a string, got 17'],
    [new Uint8Array([0xff, 0xfe]), expect.any(String)],
  ])('like %s is dropped and reported; the call goes on', async (frame, problem) => {
    const { client, peer, problems } = await openStage()
    const call = client.call({ cmd: 'echo' }, {})
    peer.send(frame)
    peer.send(reply('echo', 'aaaaaa-0001', '1'))
    await expect(call).resolves.toBe(1)
    expect(problems).toEqual([{ kind: 'unreadable_message', error: expect.objectContaining({ message: problem }) }])
  })

  it('that answers no call is reported', async () => {
    const { peer, problems, settle } = await openStage()
    peer.send(reply('echo', 'stranger'))
    await settle()
    expect(problems.map(({ kind }) => kind)).toEqual(['unexpected_message'])
  })

  it('that answers a call twice is reported', async () => {
    const { client, peer, problems, settle } = await openStage()
    const call = client.call({ cmd: 'echo' }, {})
    peer.send(reply('echo', 'aaaaaa-0001', '1'))
    peer.send(reply('echo', 'aaaaaa-0001', '2'))
    await expect(call).resolves.toBe(1)
    await settle()
    expect(problems.map(({ kind }) => kind)).toEqual(['unexpected_message'])
  })

  it('that is empty means nothing', async () => {
    const { peer, problems, settle } = await openStage()
    peer.send('')
    peer.send(new Uint8Array())
    await settle()
    expect(problems).toEqual([])
  })
})
