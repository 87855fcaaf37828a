import { spawnSync } from 'node:child_process'

/** `pnpm demo`: generate, serve on a free port, talk, exit 0. */
const root = `${import.meta.dirname}/../..`
console.log('$ wsrv codegen')
const codegen = spawnSync(
  process.execPath,
  [`${root}/node_modules/tsx/dist/cli.mjs`, 'packages/cli/src/bin.ts', 'codegen'],
  { cwd: root, stdio: 'inherit' },
)
if (codegen.status !== 0) process.exit(codegen.status ?? 1)

// Only now: these import what was just generated.
const { createQuickstartServer } = await import('./server.ts')
const { converse } = await import('./conversation.ts')

const server = createQuickstartServer()
const { url } = await server.listen(0, { host: '127.0.0.1', path: '/ws' })
console.log(`\nserver on ${url}\n`)
await converse(url, (who, line) => console.log(`  ${who.padEnd(6)} ${line}`))
await server.close()
console.log('\nEverything above came from schema/*.ts. Next: npx pnpm dev, then open the page in two tabs.')
