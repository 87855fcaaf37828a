import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { until } from '@wsrv/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { GoLikeServer } from '../../client/test/go-like-server.ts'
import { createTempProject, type TempProject } from './temp-project.ts'

const CONFIG = (more: string): string =>
  `export default { schema: 'schema/*.ts', client: 'generated/client.ts', docs: 'docs'${more} }\n`

const SCHEMA = `import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'
export const login = command({
  cmd: '1001',
  request: Type.Object({ uid: Type.Integer() }),
  params: ['uid'],
  response: Type.Array(Type.Integer()),
  errors: { busy: { status: 7, data: Type.String() }, missing: { status: 404 } },
})
export const sum = command({ request: Type.Array(Type.Integer()), response: Type.Integer() })
export const kicked = push({ cmd: '2001', data: Type.Integer() })
export const sumChanged = push({ cmd: 'sum', data: Type.Integer() })
`

interface Client {
  login(uid: number): Promise<unknown>
  sum(items: readonly number[]): Promise<unknown>
  on(name: string, listener: (...heard: readonly unknown[]) => void): void
  connect(): Promise<void>
  close(): void
}

let project: TempProject
beforeEach(() => {
  project = createTempProject({ 'wsrv.config.ts': CONFIG(', foreignServer: true'), 'schema/api.ts': SCHEMA })
})
afterEach(() => project.delete())

describe('a contract of a foreign server', () => {
  it('takes its names, statuses and shapes as they are, and its client speaks them', async () => {
    expect(await project.run('codegen')).toMatchObject({ exitCode: 0, err: [] })
    expect((await project.run('codegen', '--check')).exitCode).toBe(0)
    const text = project.read('generated/client.ts')
    expect(text).toContain('readonly login: (uid: number, options?: CallOptions) => Promise<LoginResponse>')
    expect(text).toContain('readonly sum: (data: SumRequest, options?: CallOptions) => Promise<SumResponse>')
    // Generators of models name classes by these.
    const { operations, components } = JSON.parse(project.read('docs/asyncapi.json'))
    expect(Object.keys(operations)).toEqual(['Login', 'Sum', 'KickedPush', 'SumPush'])
    expect(Object.keys(components.messages)).toEqual([
      ...['LoginRequest', 'LoginResponse', 'LoginBusyError', 'LoginMissingError', 'SumRequest', 'SumResponse'],
      ...['KickedPush', 'SumPush'],
    ])
    const server = await GoLikeServer.listen({
      1001: (data, connection) => {
        connection.push('2001', 9)
        return [(data as { uid: number }).uid]
      },
      sum: (data, connection) => {
        connection.push('sum', 1)
        return (data as number[]).length
      },
    })
    const { createClient } = (await import(pathToFileURL(join(project.root, 'generated/client.ts')).href)) as {
      createClient(url: string): Client
    }
    const client = createClient(server.url)
    const heard: unknown[] = []
    client.on('2001', (data) => heard.push(['kicked', data]))
    client.on('sum', (data) => heard.push(['sum', data]))
    try {
      expect([await client.login(5), await client.sum([1, 2])]).toEqual([[5], 2])
      await until(() => heard.length === 2, 'the pushes come')
      expect(heard).toEqual([
        ['kicked', 9],
        ['sum', 1],
      ])
    } finally {
      client.close()
      await server.close()
    }
  })

  it('is refused where this toolkit generates the server', async () => {
    project.write('wsrv.config.ts', CONFIG(''))
    const { exitCode, err } = await project.run('codegen')
    expect(exitCode).toBe(1)
    const said = err.join('\n')
    expect(said).toContain('cmd "1001" is not a command name')
    expect(said).toContain('request is not an object schema')
    expect(said).toContain('the error "busy" has status 7')
    expect(said).toContain('cmd "sum" is already that of')
  })

  it('is not for a config with a server', async () => {
    project.write('wsrv.config.ts', CONFIG(", foreignServer: true, server: 'generated/server.ts'"))
    const { exitCode, err } = await project.run('codegen')
    expect(exitCode).toBe(2)
    expect(err.join()).toContain('foreignServer is true, and server is given. Expected one of them.')
  })

  it('still has what no server can have refused', async () => {
    project.write(
      'schema/api.ts',
      `import { command } from '@wsrv/schema'
export const one = command({ cmd: '$one', errors: { fine: { status: 0 } } })
export const close = command({ cmd: '17' })
`,
    )
    const said = (await project.run('codegen')).err.join('\n')
    expect(said).toContain('cmd "$one" is reserved')
    expect(said).toContain('has status 0. Expected an integer other than 0')
    expect(said).toContain(`would hide the client's own member "close"`)
  })
})
