import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { requireLinux } from '../measure/pinned.ts'
import { type Measured, reportCodegen } from './report-codegen.ts'
import { type Staged, stagePackages } from './stage-packages.ts'
import { type Cost, timed } from './timed.ts'
import { startWatching } from './watching.ts'
import { type Project, writeProject } from './write-project.ts'

/** Edits a round of a watch. */
const EDITS = 3

/** Measures the generator on a contract of 1,000 commands and on one of 20; prints a table, keeps the numbers. */
export async function benchCodegen(words: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...words], options: { rounds: { type: 'string', default: '5' } } })
  requireLinux()
  const staged = stagePackages()
  const [large, small] = [writeProject(1_000, staged), writeProject(20, staged)]
  const measured: Measured = { samples: new Map(), rounds: Number(values.rounds) }
  for (let round = 1; round <= measured.rounds; round += 1) {
    for (const project of [large, small]) {
      runOnce(measured, staged, project)
      await watchOnce(measured, staged, project)
    }
    compileOnce(measured, staged, large)
  }
  reportCodegen(measured)
}

/** From nothing generated to everything up to date. */
function runOnce(measured: Measured, { bin }: Staged, { folder, commands }: Project): void {
  const run = (...options: readonly string[]): Cost =>
    timed({ command: [process.execPath, bin, 'codegen', ...options], cwd: folder })
  for (const written of ['generated', 'handlers']) rmSync(join(folder, written), { recursive: true, force: true })
  keep(measured, `codegen, nothing there: ${commands}`, run())
  keep(measured, `codegen, nothing changed: ${commands}`, run())
  keep(measured, `codegen --check: ${commands}`, run('--check'))
}

async function watchOnce(measured: Measured, { bin }: Staged, project: Project): Promise<void> {
  const watching = await startWatching(bin, project)
  for (let edit = 0; edit < EDITS; edit += 1) {
    keep(measured, `--watch, save to written: ${project.commands}`, { wallMs: await watching.rebuild() })
  }
  await watching.close()
  timed({ command: [process.execPath, bin, 'codegen'], cwd: project.folder })
}

function compileOnce(measured: Measured, { nodeModules }: Staged, { folder, byHand, commands }: Project): void {
  const command = [process.execPath, join(nodeModules, 'typescript/bin/tsc'), '--noEmit']
  keep(measured, `tsc, types by hand: ${commands}`, timed({ command, cwd: byHand }))
  keep(measured, `tsc, generated client: ${commands}`, timed({ command, cwd: folder }))
}

function keep({ samples }: Measured, name: string, cost: Partial<Cost>): void {
  samples.set(name, [...(samples.get(name) ?? []), cost])
}
