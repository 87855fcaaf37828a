import { install } from './build/install.ts'

const words = process.argv.slice(2)
if (words[0] === 'codegen') {
  const { benchCodegen } = await import('./codegen/bench-codegen.ts')
  await benchCodegen(words.slice(1))
} else if (words[0] === 'cluster') {
  install()
  const { benchCluster } = await import('./cluster/bench-cluster.ts')
  await benchCluster(words.slice(1))
} else {
  // What is imported below needs what is installed here.
  install()
  const { bench } = await import('./bench.ts')
  await bench(words)
}
