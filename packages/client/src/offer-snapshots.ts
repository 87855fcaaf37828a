import { systemClock } from '@wsrv/protocol'
import type { ClientOptions } from './client-options.ts'
import type { CommandInfo } from './command-info.ts'
import type { GapWithSnapshot } from './session-change.ts'

/**
 * Adds `snapshot()` to the gaps of some pushes, which calls the command that the contract names for it. Generated code calls this
 * when there is something to offer, so that a client without snapshots does not carry it.
 *
 * @param commands by the name of the push.
 */
export function offerSnapshots(
  client: object,
  commands: Readonly<Record<string, CommandInfo>>,
  { clock = systemClock, random = Math.random }: Pick<ClientOptions, 'clock' | 'random'> = {},
): void {
  const known = new Map(Object.entries(commands))
  const waiting = new Map<CommandInfo, Promise<unknown>>()
  const caller = client as GappyClient
  const { onGap } = caller

  async function ask(info: CommandInfo): Promise<unknown> {
    // When a server fails, all of its clients miss something: they do not ask the next one all at once.
    await new Promise<void>((resolve) => clock.setTimeout(resolve, random() * SPREAD_MS))
    // What is asked for from here on is newer than this answer.
    waiting.delete(info)
    return caller.call(info, {})
  }

  caller.onGap = (name, listener) => {
    const info = known.get(name)
    if (info === undefined) return onGap.call(client, name, listener)
    const snapshot = (): Promise<unknown> => {
      const answer = waiting.get(info) ?? ask(info)
      waiting.set(info, answer)
      return answer
    }
    return onGap.call(client, name, (gap) => listener({ ...gap, snapshot }))
  }
}

/** Time over which snapshots are asked for, in ms. */
const SPREAD_MS = 2_000

/** The members of a client that gaps and snapshots go through. */
interface GappyClient {
  call(info: CommandInfo, data: object): Promise<unknown>
  onGap(name: string, listener: (gap: GapWithSnapshot<unknown>) => unknown): () => void
}
