import { command, push } from '@wsrv/schema'
import { describe, expect, it } from 'vitest'
import { generate } from '../src/generate.ts'

function clientOf(exports: Readonly<Record<string, unknown>>): string {
  const { files, diagnostics } = generate({ schema: '*.ts', client: 'client.ts' }, [{ file: 'a.ts', exports }])
  expect(diagnostics).toEqual([])
  return files[0]?.text ?? ''
}

describe('a generated client', () => {
  it('warns of what its contract deprecates', () => {
    const text = clientOf({
      userinfo: command({ deprecated: 'Use whoami,\n  or nothing.' }),
      whoami: command({}),
      tick: push({ cmd: 'old.tick', deprecated: "Don't." }),
    })
    expect(text).toContain('  warnDeprecated,\n')
    expect(text).toContain(`  const client = createBareClient(url, { commands: bindCommands, ...options })
  Object.assign(contract.commands, pushes)
  warnDeprecated(client, deprecated, options)
  return Object.assign(client, bindCommands(client))
}`)
    expect(text).toContain(`const deprecated = {
  userinfo: 'Use whoami, or nothing.',
  'old.tick': "Don't.",
}
`)
    expect(text).toContain('  /** @deprecated Use whoami, or nothing. */\n  readonly userinfo:')
  })

  it('of pushes alone warns as well', () => {
    expect(clientOf({ tick: push({ deprecated: 'Use tock.' }) })).toContain(`{
  const client = createBareClient(url, options)
  Object.assign(contract.commands, pushes)
  warnDeprecated(client, deprecated, options)
  return client
}
`)
  })

  it('without deprecations does not carry the warning', () => {
    expect(clientOf({ whoami: command({}), tick: push({}) })).not.toMatch(/deprecated/i)
  })

  it('does not count former names among its own', () => {
    const text = clientOf({ whoami: command({ renamedFrom: 'userinfo' }) })
    expect(text).not.toContain('userinfo')
  })
})
