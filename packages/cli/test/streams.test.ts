import { PassThrough } from 'node:stream'
import { buildContract, command } from '@wsrv/schema'
import { createServer } from '@wsrv/server'
import { silentLogger } from '@wsrv/testing'
import { Type } from 'typebox'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTempProject } from '../../codegen/test/temp-project.ts'
import { plainOutput } from '../src/output.ts'
import { runCli } from '../src/run-cli.ts'

const CONFIG = `import { defineConfig } from '@wsrv/cli'
export default defineConfig({ schema: 'schema/*.ts', client: 'generated/client.ts' })
`
const SCHEMA = `import { command } from '@wsrv/schema'
import { Type } from 'typebox'
export const rows = command({ stream: Type.Object({ id: Type.Integer() }), response: Type.Object({ rows: Type.Integer() }) })
`

const rows = command({
  stream: Type.Object({ id: Type.Integer() }),
  response: Type.Object({ rows: Type.Integer() }),
})
const { contract } = buildContract([{ file: 'schema/rows.ts', exports: { rows } }])
const server = createServer(contract, {
  logger: silentLogger,
  handlers: {
    rows: async function* () {
      for (let id = 1; id <= 3; id += 1) yield { id }
      return { rows: 3 }
    },
  },
})
const project = createTempProject({ 'wsrv.config.ts': CONFIG, 'schema/rows.ts': SCHEMA })
let url = ''
beforeAll(async () => {
  url = (await server.listen(0, { host: '127.0.0.1', path: '/ws' })).url
})
afterAll(async () => {
  project.delete()
  await server.close({ drainMs: 0 })
})

const SHOWN = ['{"id":1}', '{"id":2}', '{"id":3}', '{"rows":3}']

it('wsrv call prints each item of a stream on a line of its own, and the response last', async () => {
  const { exitCode, out } = await project.run('call', 'rows', '--url', url, '--json')
  expect(out).toEqual(SHOWN)
  expect(exitCode).toBe(0)
})

it('wsrv repl does the same', async () => {
  const input = new PassThrough()
  const out: string[] = []
  input.end('rows\n')
  const exitCode = await runCli(['repl', '--url', url, '--json'], {
    cwd: project.root,
    output: plainOutput((line) => void out.push(line)),
    terminal: { input, output: new PassThrough(), isInteractive: false },
  })
  expect(out).toEqual(SHOWN)
  expect(exitCode).toBe(0)
})

it('wsrv bench reads each stream to its end', async () => {
  const { exitCode, out } = await project.run('bench', 'rows', '--url', url, '--json', '--duration', '100ms')
  expect(JSON.parse(out[0] ?? '')).toMatchObject({ failures: {}, calls: expect.any(Number) })
  expect(exitCode).toBe(0)
})
