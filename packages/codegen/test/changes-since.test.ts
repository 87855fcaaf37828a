import type { Contract } from '@wsrv/schema'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTempProject, type TempProject } from './temp-project.ts'

const CONFIG =
  "export default { schema: 'schema/*.ts', client: 'generated/client.ts', server: 'generated/server.ts' }\n"

/** @param more what the second version has. */
const schema = (maximum: number, more = ''): string => `import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'
export const list = command({ request: Type.Object({ limit: Type.Integer({ maximum: ${maximum} }) }) })
export const same = command({ request: Type.Object({ limit: Type.Integer() }) })
export const news = push({ data: Type.Object({ title: Type.String() }) })
${more}`

let project: TempProject
beforeEach(async () => {
  project = createTempProject({
    'wsrv.config.ts': CONFIG,
    'schema/list.ts': schema(100, 'export const gone = command({})'),
  })
  await project.run('lock')
})
afterEach(() => project.delete())

describe('a generated contract', () => {
  it('says nothing of a release that it does not differ from', async () => {
    await project.run('codegen')
    expect(read().changedSince).toBeUndefined()
  })

  it('names what breaks clients of the last release, by that release, and nothing that is safe', async () => {
    const { hash } = JSON.parse(project.read('wsrv.lock.json')).hashes
    project.write('schema/list.ts', schema(10, 'export const fresh = command({})'))
    expect((await project.run('codegen')).exitCode).toBe(0)
    expect(read().changedSince).toEqual({ [hash]: { gone: 'breaking', list: 'breaking' } })
    project.write('schema/list.ts', schema(1_000, 'export const gone = command({})'))
    await project.run('codegen')
    expect(read().changedSince).toEqual({ [hash]: {} })
    expect((await project.run('codegen', '--check')).exitCode).toBe(0)
  })

  it('is not generated beside a lock file that cannot be read', async () => {
    project.write('wsrv.lock.json', '{')
    const { exitCode, err } = await project.run('codegen')
    expect(exitCode).toBe(1)
    expect(err.join()).toContain('wsrv.lock.json')
  })
})

function read(): Contract {
  const text = project.read('generated/contract.ts')
  const data = text.slice(text.indexOf('= {') + 2)
  return new Function(`return ${data}`)() as Contract
}
