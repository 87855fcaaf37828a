import { buildContract, command, presence } from '@wsrv/schema'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { generate } from '../src/generate.ts'

const value = Type.Object({ uid: Type.Integer(), isTyping: Type.Optional(Type.Boolean()) })

function generated(exports: Readonly<Record<string, unknown>>, path: string): string {
  const config = { schema: '*.ts', client: 'client.ts', server: 'server.ts' }
  const { files } = generate(config, [{ file: 'chat.ts', exports: { ping: command({}), ...exports } }])
  return files.find((file) => file.path === path)?.text ?? ''
}

describe('what members of rooms show', () => {
  it('is a type of the server, and part of its contract', () => {
    const text = generated({ member: presence(value) }, 'server.ts')
    expect(text).toContain(
      '/** What a member of a room shows. */\nexport interface Presence {\n  uid: number\n  isTyping?: boolean\n}',
    )
    expect(text).toContain('  presence: Presence\n')
    expect(generated({ member: presence(value) }, 'contract.ts')).toContain('presence: {')
  })

  it('may be a type with a name of its own', () => {
    const text = generated({ Presence: value, member: presence(value) }, 'server.ts')
    expect(text.match(/interface Presence/g)).toHaveLength(1)
    expect(text).toContain('  presence: Presence\n')
  })

  it('is not known to clients, nor to contracts without it', () => {
    expect(generated({ member: presence(value) }, 'client.ts')).not.toContain('Presence')
    expect(generated({}, 'server.ts')).not.toContain('resence')
  })

  it('leaves the hash as it is: it stays on the servers', () => {
    const hash = (exports: object): string | undefined =>
      /hash: '\w+'/.exec(generated({ ...exports }, 'contract.ts'))?.[0]
    expect(hash({ member: presence(value) })).toBe(hash({}))
  })

  it('is declared once', () => {
    const { problems } = buildContract([
      { file: 'a.ts', exports: { one: presence(value) } },
      { file: 'b.ts', exports: { other: presence(Type.Object({})) } },
    ])
    expect(problems).toMatchObject([
      { file: 'b.ts', exportName: 'other', wrong: 'the contract has a presence already' },
    ])
  })
})
