import { spawn } from 'node:child_process'
import { buildPage } from '../../packages/playground/build-page.ts'

/** `pnpm dev`: the generator and the server, each following edits; the page reloads by itself. */
const commands = [
  ['packages/cli/src/bin.ts', 'codegen', '--watch'],
  ['watch', '--clear-screen=false', 'examples/quickstart/main.ts'],
]

await buildPage()

const root = `${import.meta.dirname}/../..`
const children = commands.map((args) =>
  spawn(process.execPath, [`${root}/node_modules/tsx/dist/cli.mjs`, ...args], { cwd: root, stdio: 'inherit' }),
)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    for (const child of children) child.kill(signal)
  })
}
for (const child of children) {
  child.once('exit', (code) => {
    for (const other of children) other.kill()
    process.exitCode ||= code ?? 0
  })
}
