import { once } from 'node:events'
import { Crowd, type CrowdNode, type CrowdOptions } from './crowd.ts'
import type { MemberAccount } from './member.ts'

/** What a crowd went through, in figures. */
export interface FaultReport {
  /** Pushes that a member was neither sent nor told of; the sum of all members. */
  readonly untold: number
  readonly twice: number
  /** Members that were told of a gap. */
  readonly told: number
  /** Members that lost their connection. */
  readonly dropped: number
  /** Longest time in which a member was sent nothing by a server that lives, in ms. */
  readonly silenceMs: number
  /** Most that the memory of a server has grown by, in MiB. */
  readonly growthMiB: number
}

/** Something bad that happens to a crowd. */
export interface Fault {
  readonly name: string
  /** Whether members lose their connections by it. */
  readonly dropsMembers: boolean
  /** How long it lasts, in times of `forMs`. */
  readonly lasts: 0 | 1 | 2
  /** Lets it happen; returns the servers that live afterwards. */
  readonly happen: (crowd: Crowd, forMs: number) => Promise<readonly CrowdNode[]>
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** The last one leaves a server dead. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'a server is stopped, forgotten, and wakes (SIGSTOP)',
    dropsMembers: true,
    lasts: 2,
    happen: async ({ nodes }, forMs) => {
      nodes[0]?.process.kill('SIGSTOP')
      await wait(2 * forMs)
      nodes[0]?.process.kill('SIGCONT')
      return nodes
    },
  },
  {
    name: 'subscribers are cut off (CLIENT KILL)',
    dropsMembers: false,
    lasts: 0,
    happen: command('client', 'kill', 'type', 'pubsub'),
  },
  {
    name: 'Redis answers no one for a while (CLIENT PAUSE)',
    dropsMembers: false,
    lasts: 1,
    happen: (crowd, forMs) => command('client', 'pause', String(forMs), 'all')(crowd),
  },
  {
    name: 'Redis is killed and comes back empty',
    dropsMembers: false,
    lasts: 1,
    happen: async ({ redis, nodes }, forMs) => {
      await redis.kill()
      await wait(forMs)
      await redis.start()
      return nodes
    },
  },
  {
    name: 'a server hears nothing, and its connection looks well (half open)',
    dropsMembers: false,
    lasts: 0,
    happen: async ({ hole, nodes }) => {
      hole.swallow()
      return nodes
    },
  },
  {
    name: 'a server is killed (SIGKILL)',
    dropsMembers: true,
    lasts: 0,
    happen: async ({ nodes }) => {
      // The one that was stopped has lost its members.
      const [stopped, killed, other] = nodes
      killed?.process.kill('SIGKILL')
      if (killed !== undefined) await once(killed.process, 'exit')
      return [stopped, other].filter((node) => node !== undefined)
    },
  },
]

/** No server may be deaf for longer once a fault has passed, in ms. */
const MAX_DEAF_MS = 15_000

/** Connections, queues and what waits in them. */
const MAX_GROWTH_MIB = 128

/** What was promised and did not hold; empty when all did. */
export function brokenPromises(fault: Fault, report: FaultReport, forMs: number): readonly string[] {
  const { untold, twice, dropped, silenceMs, growthMiB } = report
  const holds: readonly (readonly [string, boolean])[] = [
    ['each push once or told', untold === 0],
    ['no push twice', twice === 0],
    ['connections stay', dropped === 0 || fault.dropsMembers],
    ['no server is deaf for longer than 15 s', silenceMs <= fault.lasts * forMs + MAX_DEAF_MS],
    ['memory is bounded', growthMiB <= MAX_GROWTH_MIB],
  ]
  return holds.filter(([, isKept]) => !isKept).map(([promise]) => promise)
}

/** Gathers a crowd, lets one fault happen after the other, and sums up each. */
export async function* suffer(
  faults: readonly Fault[],
  options: CrowdOptions & { readonly forMs: number },
): AsyncGenerator<readonly [Fault, FaultReport]> {
  const crowd = await Crowd.gather(options)
  try {
    for (const fault of faults) yield [fault, await sufferOne(crowd, fault, options.forMs)]
  } finally {
    await crowd.disperse()
  }
}

async function sufferOne(crowd: Crowd, fault: Fault, forMs: number): Promise<FaultReport> {
  await crowd.account(crowd.nodes)
  const living = await fault.happen(crowd, forMs)
  const accounts = await crowd.account(living)
  const sum = (count: (account: MemberAccount) => number): number =>
    accounts.reduce((total, account) => total + count(account), 0)
  return {
    untold: sum(({ untold }) => untold),
    twice: sum(({ twice }) => twice),
    told: sum(({ wasTold }) => Number(wasTold)),
    dropped: sum(({ drops }) => Math.min(1, drops)),
    silenceMs: Math.max(...accounts.map(({ silenceMs }) => silenceMs)),
    growthMiB: Math.max(...living.map((node) => crowd.growthOf(node))),
  }
}

function command(...words: readonly [string, ...string[]]): (crowd: Crowd) => Promise<readonly CrowdNode[]> {
  return async ({ redis, nodes }) => {
    const client = redis.client()
    await client.call(...words)
    client.disconnect()
    return nodes
  }
}
