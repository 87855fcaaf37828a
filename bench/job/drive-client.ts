import { pathToFileURL } from 'node:url'
import type { BenchClient } from '../contestants/contestant.ts'
import { SMALL_NOTE } from './note.ts'

/**
 * Calls through a client library as fast as it can, a fixed number in flight, and tells the harness of what it cost.
 *
 * Arguments: the bundled client, the server's port, calls in flight, seconds. Its code is warm after the first second.
 */
async function drive([file = '', port, inFlight, seconds]: readonly string[]): Promise<void> {
  const { connect } = (await import(pathToFileURL(file).href)) as { connect(port: number): Promise<BenchClient> }
  const client = await connect(Number(port))
  await callFor(client, Number(inFlight), 1)
  const begun = process.cpuUsage()
  const calls = await callFor(client, Number(inFlight), Number(seconds))
  const { user, system } = process.cpuUsage(begun)
  process.send?.({ calls, cpuUs: user + system })
  process.disconnect()
  client.close()
  setTimeout(() => process.exit(), 100)
}

/** Keeps calls in flight for a time; returns how many were answered. */
async function callFor(client: BenchClient, inFlight: number, seconds: number): Promise<number> {
  const end = performance.now() + seconds * 1_000
  let calls = 0
  const lane = async (): Promise<void> => {
    while (performance.now() < end) {
      const note = await client.echo(SMALL_NOTE)
      if (note.text !== SMALL_NOTE.text) throw new Error(`not the note that was sent: ${JSON.stringify(note)}`)
      calls += 1
    }
  }
  await Promise.all(Array.from({ length: inFlight }, lane))
  return calls
}

await drive(process.argv.slice(2))
