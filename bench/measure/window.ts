import { setTimeout as sleep } from 'node:timers/promises'
import type { Counted, Generator } from './generator.ts'
import { timesBetween } from './process-times.ts'
import type { ServerProcess } from './server-process.ts'

/** A stretch of a run: what came of the load, and what both sides spent on it. */
export interface Window extends Counted {
  readonly wallUs: number
  /** The server's time on a core, in µs. */
  readonly cpuUs: number
  /** Share of {@link cpuUs} that was in the kernel. */
  readonly kernelShare: number
  /** Share of the time in which the server had something to do. */
  readonly serverBusy: number
  /** Share of the time in which the server waited for a core that another process had: 0 on a quiet machine. */
  readonly serverDisturbed: number
  /** Share of the time in which the generator had something to do. */
  readonly generatorBusy: number
}

/** Measures a stretch of a run that is under way. */
export async function measureWindow(server: ServerProcess, generator: Generator, seconds: number): Promise<Window> {
  await generator.mark()
  const [begun, serverBegun, generatorBegun] = [performance.now(), server.times(), generator.times()]
  await sleep(seconds * 1_000)
  const counted = await generator.mark()
  const wallUs = (performance.now() - begun) * 1_000
  const spent = timesBetween(serverBegun, server.times())
  const cpuUs = spent.userUs + spent.systemUs
  return {
    ...counted,
    wallUs,
    cpuUs,
    kernelShare: cpuUs === 0 ? 0 : spent.systemUs / cpuUs,
    serverBusy: spent.wantedUs / wallUs,
    serverDisturbed: Math.max(0, (spent.wantedUs - cpuUs) / wallUs),
    generatorBusy: timesBetween(generatorBegun, generator.times()).wantedUs / wallUs,
  }
}
