import { setTimeout as sleep } from 'node:timers/promises'
import type { Contestant } from '../contestants/contestant.ts'
import { Generator } from './generator.ts'
import { generatorWords, type Load } from './load.ts'
import { ServerProcess, type ServerProgram } from './server-process.ts'
import { measureWindow, type Window } from './window.ts'

/** Time for a server's code to be compiled before anything counts, in seconds. */
const WARM_UP_SECONDS = 1

/** Starts a contestant's server and ends it whatever happens. */
export async function withServer<Result>(
  contestant: ServerProgram,
  use: (server: ServerProcess) => Promise<Result>,
): Promise<Result> {
  const server = await ServerProcess.start(contestant)
  try {
    return await use(server)
  } finally {
    await server.end()
  }
}

/** Opens a load's connections to a server, and drops them whatever happens. */
export async function withGenerator<Result>(
  words: readonly string[],
  use: (generator: Generator) => Promise<Result>,
): Promise<Result> {
  const generator = await Generator.start(words)
  try {
    return await use(generator)
  } finally {
    await generator.end()
  }
}

/** Measures a fresh server under a load, once it is warm. */
export function measureUnderLoad(contestant: Contestant, load: Load, seconds: number): Promise<Window> {
  return withServer(contestant, (server) =>
    withGenerator(generatorWords(contestant, load, server.port), async (generator) => {
      generator.begin()
      await sleep(WARM_UP_SECONDS * 1_000)
      return await measureWindow(server, generator, seconds)
    }),
  )
}
