import { buildContract, command } from '@wsrv/schema'
import { createServer } from '@wsrv/server'
import { silentLogger } from '@wsrv/testing'
import { Type } from 'typebox'
import { expect, it } from 'vitest'
import { createTempProject } from '../../codegen/test/temp-project.ts'

const CONFIG = `import { defineConfig } from '@wsrv/cli'
export default defineConfig({ schema: 'schema/*.ts', client: 'generated/client.ts' })
`
const SCHEMA = `import { command } from '@wsrv/schema'
import { Type } from 'typebox'
export const rows = command({ stream: Type.Object({ id: Type.Integer() }), response: Type.Object({ rows: Type.Integer() }) })
`

it('wsrv call prints each item of a stream on a line of its own, and the response last', async () => {
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
  try {
    const { url } = await server.listen(0, { host: '127.0.0.1', path: '/ws' })
    const { exitCode, out } = await project.run('call', 'rows', '--url', url, '--json')
    expect(out).toEqual(['{"id":1}', '{"id":2}', '{"id":3}', '{"rows":3}'])
    expect(exitCode).toBe(0)
  } finally {
    project.delete()
    await server.close({ drainMs: 0 })
  }
})
