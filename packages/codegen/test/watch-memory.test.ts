import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createTempProject, ROOT } from './temp-project.ts'

/** Rebuilds in the gate; `WSRV_REBUILDS=1000` is the long run. */
const REBUILDS = Number(process.env['WSRV_REBUILDS'] ?? 60)

/** What a watch may gain from a third of its rebuilds to the last, in MiB: noise of the collector. */
const MAX_GROWTH_MIB = 3

/** Generates again and again, one of ten schema files changed each time, and prints the heap after a third and at the end. */
const SCRIPT = (folder: string): string => `
  import { writeFileSync } from 'node:fs'
  import { createTsxLoader, generateProject } from ${JSON.stringify(join(ROOT, 'packages/codegen/src/api.ts'))}
  import { Memo } from ${JSON.stringify(join(ROOT, 'packages/codegen/src/memo.ts'))}
  const root = ${JSON.stringify(folder)}
  const write = (file, version) => {
    const commands = Array.from({ length: 20 }, (_, index) => \`export const c\${file}x\${index} = command({
      cmd: 'area\${file}.c\${index}', description: 'Version \${version}.',
      request: Type.Object({ id: Type.Integer(), limit: Type.Integer({ default: \${version} }) }),
      response: Type.Object({ items: Type.Array(Type.Object({ id: Type.Integer(), name: Type.String() })) }),
    })\`)
    const head = "import { command } from '@wsrv/schema'\\nimport { Type } from 'typebox'\\n"
    writeFileSync(root + '/schema-' + file + '.ts', head + commands.join('\\n'))
  }
  for (let file = 0; file < 10; file++) write(file, 0)
  const config = { schema: 'schema-*.ts', client: 'client.ts', server: 'server.ts' }
  const project = { root, path: root + '/wsrv.config.ts', contracts: [{ name: undefined, config }] }
  const loader = createTsxLoader()
  const memo = new Memo()
  const heap = () => { gc(); return process.memoryUsage().heapUsed / 2 ** 20 }
  let early
  for (let round = 1; round <= ${REBUILDS}; round++) {
    write(round % 10, round)
    const { problems } = await generateProject(project, { loader, check: false, memo })
    if (problems.length > 0) throw new Error(JSON.stringify(problems))
    if (round === Math.floor(${REBUILDS} / 3)) early = heap()
  }
  console.log(JSON.stringify({ early, late: heap() }))
  process.exit()
`

it(`a watch is no larger after ${REBUILDS} rebuilds`, { timeout: 1_800_000 }, () => {
  const project = createTempProject({})
  try {
    const args = ['--expose-gc', '--import', 'tsx', '--input-type=module', '--eval', SCRIPT(project.root)]
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' })
    expect(stderr).toBe('')
    const { early, late } = JSON.parse(stdout) as { readonly early: number; readonly late: number }
    expect(late - early, `${early.toFixed(1)} MiB, then ${late.toFixed(1)}`).toBeLessThan(MAX_GROWTH_MIB)
  } finally {
    project.delete()
  }
})
