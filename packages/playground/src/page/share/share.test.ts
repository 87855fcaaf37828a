import { describe, expect, it } from 'vitest'
import { clientCode, cliLine } from './client-code.ts'
import { readHash, writeHash } from './link.ts'

const send = {
  cmd: 'chat.send_text',
  request: {},
  response: {},
  errors: {},
  idempotent: false,
  params: ['room', 'text', 'quotes'],
}

describe('a call as client code', () => {
  it.each([
    [{ room: 'a', text: 'b' }, "await client.chat.sendText('a', 'b')"],
    [{ room: 'a', text: 'b', quotes: 1, more: [null] }, "await client.chat.sendText('a', 'b', 1, { more: [null] })"],
    [{ room: 'a', more: true }, "await client.chat.sendText('a', undefined, undefined, { more: true })"],
    [{ room: 'it\'s "\\n"', text: 'é\n' }, `await client.chat.sendText('it\\'s "\\\\n"', 'é\\n')`],
    [{ room: { 'a-b': 1, c: {} } }, "await client.chat.sendText({ 'a-b': 1, c: {} })"],
  ])('%j', (data, code) => expect(clientCode(send, data)).toBe(code))
})

describe('a call as a line for a shell', () => {
  it('is one word for each value, whatever it holds', () => {
    expect(cliLine('a.b', { text: `it's $HOME "\`x\`` }, 'ws://a/ws?b=1')).toBe(
      `wsrv call a.b --url 'ws://a/ws?b=1' --data '{"text":"it'\\''s $HOME \\"\`x\`"}'`,
    )
  })
})

describe('a link', () => {
  it('comes back as it was written', () => {
    const call = { cmd: 'a.b', data: '{"x":"& = # % é"}' }
    expect(readHash(writeHash(call))).toEqual(call)
    expect(readHash(writeHash({ cmd: 'a' }))).toEqual({ cmd: 'a' })
  })

  it('leaves out data that is too long, and names a command or nothing', () => {
    expect(readHash(writeHash({ cmd: 'a', data: 'x'.repeat(6_001) }))).toEqual({ cmd: 'a' })
    expect(['', '#', '#data=1', '#cmd='].map(readHash)).toEqual([undefined, undefined, undefined, undefined])
  })
})
