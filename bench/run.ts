import { install } from './build/install.ts'

// What is imported below needs what is installed here.
install()
const { bench } = await import('./bench.ts')
await bench(process.argv.slice(2))
