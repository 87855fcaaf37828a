import { buildContract, command, presence } from '@wsrv/schema'
import { type TSchema, Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import { generate } from '../src/generate.ts'

const value = Type.Object({ uid: Type.Integer(), isTyping: Type.Optional(Type.Boolean()) })

function generated(exports: Readonly<Record<string, unknown>>, path: string): string {
  const config = { schema: '*.ts', client: 'client.ts', server: 'server.ts', docs: 'api' }
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
    expect(generated({ Member: value, member: presence(value) }, 'client.ts')).not.toContain('Member')
    expect(generated({ Member: value, member: presence(value) }, 'api/asyncapi.json')).not.toContain('Member')
    expect(generated({}, 'server.ts')).not.toContain('resence')
  })

  it('leaves the hash as it is: it stays on the servers', () => {
    const hash = (exports: object): string | undefined =>
      /hash: '\w+'/.exec(generated({ ...exports }, 'contract.ts'))?.[0]
    expect(hash({ member: presence(value) })).toBe(hash({}))
    expect(hash({ Member: value, member: presence(value) })).toBe(hash({}))
  })

  it('is an object, or one of several', () => {
    const problems = (schema: TSchema) =>
      buildContract([{ file: 'a.ts', exports: { one: presence(schema) } }]).problems.map(({ wrong }) => wrong)
    expect(problems(Type.String())).toEqual(['value is not an object schema'])
    expect(problems(Type.Union([value, Type.Null()]))).toEqual(['value is not an object schema'])
    expect(problems(Type.Union([value, Type.Object({})]))).toEqual([])
  })

  it('does not share its name with another type', () => {
    const other = Type.Object({ isOther: Type.Boolean() })
    const config = { schema: '*.ts', server: 'server.ts' }
    const exports = { Presence: other, member: presence(value), ping: command({ response: other }) }
    const [diagnostic] = generate(config, [{ file: 'chat.ts', exports }]).diagnostics
    expect(diagnostic?.message).toContain(
      'Presence is the name of the type Presence and of the presence (member in chat.ts)',
    )
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
