import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT, readPackages } from './packages.ts'

const root = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

describe.each(readPackages())('$name', (one) => {
  it('says in its package.json what a registry shows', () => {
    expect(one).toMatchObject({
      description: expect.stringMatching(/^\S.{20,}\.$/),
      license: 'MIT',
      engines: root.engines,
      keywords: expect.arrayContaining(['wsrv', 'websocket']),
      repository: { url: root.repository.url, directory: `packages/${one.folder}` },
      publishConfig: { access: 'public' },
      version: readPackages()[0]?.version,
    })
  })

  it('says the same to resolvers that do not read `exports`, as node10 does not', () => {
    const { main, types, typesVersions = {}, exports = {} } = one.publishConfig ?? {}
    const subpaths = Object.entries(typesVersions['*'] ?? {}).map(([name, [path]]) => [`./${name}`, path])
    const said = Object.entries(exports).map(([name, { types: path }]) => [name, path])
    expect([main, ['.', types], ...subpaths]).toEqual([exports['.']?.default, ...said])
  })

  it('has a README with an install line', () => {
    const path = join(ROOT, 'packages', one.folder, 'README.md')
    expect(existsSync(path) ? readFileSync(path, 'utf8') : '', `${path}: npm install ${one.name}`).toMatch(
      new RegExp(`npm install( -D| --save-dev)?( @wsrv/\\w+)* ${one.name}\\b`),
    )
  })
})
