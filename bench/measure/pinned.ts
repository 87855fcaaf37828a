import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process'

/** Core of the server, and of a client library when that is measured. */
export const SERVER_CORE = 0

/** Core of whoever makes the load. */
export const LOAD_CORE = 1

/** Starts a program on one core. Its standard streams are the caller's to choose. */
export function spawnPinned(core: number, command: readonly string[], options: SpawnOptions): ChildProcess {
  return spawn('taskset', ['-c', String(core), ...command], options)
}

/** @throws Error when the machine cannot do what the bench needs. */
export function requireLinux(): void {
  if (process.platform !== 'linux') throw new Error('the bench reads /proc: it runs on Linux only')
  if (spawnSync('taskset', ['-c', `${SERVER_CORE},${LOAD_CORE}`, 'true']).status !== 0) {
    throw new Error('the bench needs taskset and two cores')
  }
}

/** Ends a process that was started here: asks when there is a channel, so that a profile is written, and kills in the end. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  const patience = setTimeout(() => child.kill('SIGKILL'), child.connected ? 10_000 : 0)
  if (child.connected) child.disconnect()
  await ended
  clearTimeout(patience)
}
