import { serveQuickstart } from './serve.ts'

/** Serves until told to stop. `PORT` decides where; 8800 when it does not. */
const port = Number(process.env['PORT'] ?? 8_800)
const quickstart = await serveQuickstart(port, (line) => console.log(line), '/play').catch(
  (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error
    console.error(`Port ${port} is in use. Stop what serves there, or choose another: PORT=${port + 1} npx pnpm dev`)
    process.exit(1)
  },
)
console.log(`quickstart on ${quickstart.url}, its playground on ${quickstart.url}play/`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => quickstart.close())
}
