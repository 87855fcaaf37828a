import { serveObserved } from './serve.ts'

/** Serves until told to stop. `PORT` decides where; 8801 when it does not. */
const observed = await serveObserved(Number(process.env['PORT'] ?? 8_801))
console.log(`API on ${observed.url.replace('http', 'ws')}ws, metrics on ${observed.url}metrics`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => observed.close())
}
