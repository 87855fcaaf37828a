import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTempProject, type TempProject } from '../../codegen/test/temp-project.ts'

const CONFIG = `import { defineConfig } from '@wsrv/cli'

export default defineConfig({
  contracts: {
    shop: {
      schema: ['shared/*.ts', 'shop/*.ts'],
      client: 'generated/shop/client.ts',
      server: 'generated/shop/server.ts',
      handlers: 'handlers/shop',
    },
    admin: { schema: ['shared/*.ts', 'admin/*.ts'], client: 'generated/admin/client.ts' },
  },
})
`
const SHARED = `import { command } from '@wsrv/schema'
import { appendFileSync } from 'node:fs'
appendFileSync(new URL('../loads.txt', import.meta.url), 'loaded ')
export const login = command({ description: 'Come in.' })
`
const schema = (name: string): string =>
  `import { command } from '@wsrv/schema'\nexport const ${name} = command({ request: { type: 'object', properties: { id: { type: 'integer', maximum: 9 } } } })\n`

let project: TempProject
beforeEach(() => {
  project = createTempProject({
    'wsrv.config.ts': CONFIG,
    'shared/login.ts': SHARED,
    'shop/buy.ts': schema('buy'),
    'admin/ban.ts': schema('ban'),
  })
})
afterEach(() => project.delete())

describe('a config of several contracts', () => {
  it('generates each, and names it beside its files', async () => {
    const { exitCode, out, err } = await project.run('codegen')
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: [] })
    expect(out.slice(0, -1)).toEqual([
      'created generated/shop/client.ts (contract shop)',
      'created generated/shop/contract.ts (contract shop)',
      'created generated/shop/server.ts (contract shop)',
      'created handlers/shop/buy.ts (contract shop)',
      'created handlers/shop/login.ts (contract shop)',
      'created handlers/shop/index.ts (contract shop)',
      'created handlers/shop/session.ts (contract shop)',
      'created handlers/shop/context.ts (contract shop)',
      'created generated/admin/client.ts (contract admin)',
    ])
    expect(out.at(-1)).toMatch(/^9 files written, 0 unchanged in \d+ ms$/)
    expect(project.read('generated/shop/client.ts')).not.toContain('ban')
    expect(project.read('generated/admin/client.ts')).toMatch(/ban[\s\S]+login/)
  })

  it('loads the schema files that they share once', async () => {
    await project.run('codegen')
    expect(project.read('loads.txt')).toBe('loaded ')
  })

  it('works on one of them by its name', async () => {
    const { out } = await project.run('codegen', '--contract', 'admin')
    expect(out.slice(0, -1)).toEqual(['created generated/admin/client.ts (contract admin)'])
    expect(project.files()).not.toContain('generated/shop/client.ts')
  })

  it('writes nothing of any when one is wrong, and says which', async () => {
    project.write('admin/ban.ts', schema('then'))
    const { exitCode, err } = await project.run('codegen')
    expect(exitCode).toBe(1)
    expect(err[0]).toMatch(/^admin\/ban\.ts: then: .+ \(contract admin\)$/)
    expect(project.files().some((path) => path.startsWith('generated'))).toBe(false)
    expect((await project.run('codegen', '--contract', 'shop')).exitCode).toBe(0)
  })

  it('is checked as a whole', async () => {
    await project.run('codegen')
    expect((await project.run('codegen', '--check')).out).toEqual(['9 files up to date'])
    project.remove('generated/admin/client.ts')
    expect((await project.run('codegen', '--check')).err).toEqual([
      'generated/admin/client.ts: missing (contract admin)',
      '1 file out of date. Run `wsrv codegen` and commit them',
    ])
    expect((await project.run('codegen', '--check', '--contract', 'shop')).exitCode).toBe(0)
  })

  it('has documents in a folder each', async () => {
    expect((await project.run('docs')).out.slice(0, -1)).toEqual([
      'created docs/api/shop/asyncapi.json (contract shop)',
      'created docs/api/shop/asyncapi-client.json (contract shop)',
      'created docs/api/shop/index.html (contract shop)',
      'created docs/api/admin/asyncapi.json (contract admin)',
      'created docs/api/admin/asyncapi-client.json (contract admin)',
      'created docs/api/admin/index.html (contract admin)',
    ])
  })
})

describe('the lock file of several contracts', () => {
  const locked = () => JSON.parse(project.read('wsrv.lock.json'))

  it('holds each by its name', async () => {
    await project.run('lock')
    expect(Object.keys(locked())).toEqual(['lockVersion', 'contracts'])
    expect(Object.keys(locked().contracts)).toEqual(['admin', 'shop'])
    expect((await project.run('diff')).out).toEqual([
      'contract shop',
      'The contract has not changed.',
      'contract admin',
      'The contract has not changed.',
    ])
  })

  it('is compared contract by contract', async () => {
    await project.run('lock')
    project.write('admin/ban.ts', schema('ban').replace('9', '7'))
    const { exitCode, out } = await project.run('diff')
    expect(exitCode).toBe(1)
    expect(out.filter((line) => /^(contract|BREAKING|The)/.test(line))).toEqual([
      'contract shop',
      'The contract has not changed.',
      'contract admin',
      'BREAKING ban#/request/id',
    ])
    expect((await project.run('diff', '--contract', 'shop')).exitCode).toBe(0)
  })

  it('keeps the others when one is locked', async () => {
    await project.run('lock')
    const { shop } = locked().contracts
    project.write('admin/ban.ts', schema('ban').replace('9', '7'))
    project.write('shop/buy.ts', schema('buy').replace('9', '7'))
    await project.run('lock', '--contract', 'admin')
    expect(locked().contracts.shop).toEqual(shop)
    expect((await project.run('diff', '--contract', 'admin')).exitCode).toBe(0)
    expect((await project.run('diff')).exitCode).toBe(1)
  })

  it('takes one that it lacks for new, and one that is gone for a problem', async () => {
    await project.run('lock')
    project.write('wsrv.config.ts', CONFIG.replace('admin: {', 'staff: {'))
    const { exitCode, out, err } = await project.run('diff')
    expect(exitCode).toBe(1)
    expect(out.filter((line) => /^(BREAKING|SAFE)/.test(line))).toEqual(['SAFE ban#', 'SAFE login#'])
    expect(err).toEqual([
      'warning wsrv.lock.json: it has no contract "staff": all of that is new.',
      'wsrv.lock.json: it has the contract "admin", which the config lacks: every command of it is gone. Bring it back, or `wsrv lock` once no client uses it any more.',
      '1 problem',
    ])
  })

  it('of one contract is compared with the one that is asked for', async () => {
    project.write('single.config.ts', "export default { schema: ['shared/*.ts', 'shop/*.ts'], client: 'c.ts' }\n")
    await project.run('lock', '--config', 'single.config.ts')
    expect((await project.run('diff', '--contract', 'shop')).out).toContain('The contract has not changed.')
    expect((await project.run('diff')).exitCode).toBe(2)
  })

  it('of several is refused by a config of one', async () => {
    await project.run('lock')
    project.write('single.config.ts', "export default { schema: 'shop/*.ts', client: 'c.ts' }\n")
    const { exitCode, err } = await project.run('diff', '--config', 'single.config.ts')
    expect(exitCode).toBe(2)
    expect(err[0]).toBe(
      'wsrv.lock.json: it holds the contracts admin, shop, the config one without a name. Expected the same on both sides.',
    )
  })
})
