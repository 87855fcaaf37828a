#!/usr/bin/env node
import { EXIT } from './exit-code.ts'
import { runCli } from './run-cli.ts'

// A schema file may throw later, in a timer or a promise that nothing awaits: its author needs no stack of ours.
process.on('uncaughtException', (error: unknown) => {
  process.stderr.write(`wsrv: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}\n`)
  process.exit(EXIT.problems)
})

process.exitCode = await runCli(process.argv.slice(2))
