#!/usr/bin/env node
import { EXIT } from './exit-code.ts'
import { openOutput } from './output.ts'
import { runCli } from './run-cli.ts'

// While a schema file loads, `process.exit` is an error of that file.
const exit = process.exit.bind(process)

// A schema file may throw later, in a timer or a promise that nothing awaits: its author needs no stack of ours.
process.on('uncaughtException', (error: unknown) => {
  process.stderr.write(`wsrv: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}\n`)
  exit(EXIT.problems)
})

// A reader that has seen enough, as in `wsrv codegen | head -1`, is not an error.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

let isWatching = false
const watching = (): void => {
  isWatching = true
}
process.exitCode = await runCli(process.argv.slice(2), { cwd: process.cwd(), output: openOutput(), watching })

// What a schema file opened, a socket or a timer, must not keep the program running once everything is said.
if (!isWatching) process.stdout.write('', () => process.stderr.write('', () => process.exit()))
