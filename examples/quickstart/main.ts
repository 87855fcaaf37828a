import { serveQuickstart } from './serve.ts'

/** Serves until told to stop. `PORT` decides where; 8800 when it does not. */
const quickstart = await serveQuickstart(Number(process.env['PORT'] ?? 8_800), (line) => console.log(line))
console.log(`quickstart on ${quickstart.url}`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => quickstart.close())
}
