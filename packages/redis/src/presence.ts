import type { RemoteMember } from '@wsrv/server'
import type { Names } from './names.ts'
import type { CommandLink, RedisCommand } from './redis-port.ts'

/** What presence needs to know. */
export interface PresenceOptions {
  readonly node: string
  readonly names: Names
  readonly leaseMs: number
  readonly link: () => CommandLink | undefined
  /** A command failed: the link that it left by is of no use. */
  readonly failed: (error: Error, link: CommandLink) => void
}

/**
 * The members of rooms, kept in Redis: one hash per room and server, so that what a dead server leaves behind is forgotten
 * whole. A server's entries count as long as its lease is renewed.
 */
export class Presence {
  readonly #options: PresenceOptions
  /** Local members by room, with what they show: what Redis is told again after it was away. */
  readonly #local = new Map<string, Map<string, string>>()
  #commands: RedisCommand[] = []

  constructor(options: PresenceOptions) {
    this.#options = options
  }

  /** Local members, counted once per room they are in. */
  get size(): number {
    let size = 0
    for (const members of this.#local.values()) size += members.size
    return size
  }

  /** Local members with what they show, once per room they are in. */
  *local(): Iterable<readonly [room: string, sid: string, value: unknown]> {
    for (const [room, members] of this.#local) {
      for (const [sid, text] of members) yield [room, sid, parseValue(text)]
    }
  }

  /** @returns whether the member is new in the room, or only shows something else. */
  enter(room: string, sid: string, value: unknown): 'entered' | 'changed' {
    const { node, names } = this.#options
    let members = this.#local.get(room)
    if (members === undefined) {
      members = new Map()
      this.#local.set(room, members)
      this.#run(['sadd', names.roomsOf(node), room])
    }
    const kind = members.has(sid) ? 'changed' : 'entered'
    const text = JSON.stringify(value ?? {})
    members.set(sid, text)
    this.#run(['hset', names.members(room, node), sid, text])
    return kind
  }

  /** @returns whether the member was in the room. */
  leave(room: string, sid: string): boolean {
    const { node, names } = this.#options
    const members = this.#local.get(room)
    if (!members?.delete(sid)) return false
    this.#run(['hdel', names.members(room, node), sid])
    if (members.size > 0) return true
    this.#local.delete(room)
    this.#run(['srem', names.roomsOf(node), room])
    return true
  }

  /**
   * Tells Redis everything again: it may have lost it, or kept what is no longer true.
   *
   * @returns whether the others took this server for alive until now.
   */
  async register(link: CommandLink): Promise<boolean> {
    const { node, names, leaseMs } = this.#options
    this.#commands = []
    const wasThere = await link.run(['eval', RENEW, 1, names.nodes(), node, leaseMs])
    const known = (await link.run(['smembers', names.roomsOf(node)])) as string[]
    const stale = [...known.map((room) => names.members(room, node)), names.roomsOf(node)]
    await Promise.all(stale.map((key) => link.run(['unlink', key])))
    for (const [room, members] of this.#local) {
      const fields = [...members].flat()
      await link.run(['sadd', names.roomsOf(node), room])
      for (let at = 0; at < fields.length; at += BLOCK) {
        await link.run(['hset', names.members(room, node), ...fields.slice(at, at + BLOCK)])
      }
    }
    return wasThere === 1
  }

  /**
   * Renews the lease.
   *
   * @returns the servers whose lease has ended and that this one now forgets; `undefined` when it was forgotten itself.
   */
  async renew(link: CommandLink): Promise<readonly string[] | undefined> {
    const { node, names, leaseMs } = this.#options
    const wasThere = await link.run(['eval', RENEW, 1, names.nodes(), node, leaseMs])
    if (wasThere === 0) return undefined
    return (await link.run(['eval', CLAIM_DEAD, 2, names.nodes(), names.sweeping(), SWEEP_MS])) as string[]
  }

  /** Forgets a server that is gone. @returns its members, of which the others are to be notified. */
  async sweep(link: CommandLink, dead: string): Promise<readonly (readonly [room: string, RemoteMember])[]> {
    const { names } = this.#options
    const gone: [room: string, RemoteMember][] = []
    for (const room of (await link.run(['smembers', names.roomsOf(dead)])) as string[]) {
      const members = await readMembers(link, names.members(room, dead))
      for (const [sid, value] of members) gone.push([room, { sid, node: dead, value }])
      await link.run(['unlink', names.members(room, dead)])
    }
    await link.run(['unlink', names.roomsOf(dead)])
    await link.run(['zrem', names.sweeping(), dead])
    return gone
  }

  /** Members of a room at the other servers that live. */
  async count(link: CommandLink, room: string): Promise<number> {
    const keys = await this.#keysOfOthers(link, room)
    const counts = await Promise.all(keys.map(([, key]) => link.run(['hlen', key])))
    return counts.reduce((sum: number, count) => sum + Number(count), 0)
  }

  /** Members of a room at the other servers that live, with what they show. */
  async members(link: CommandLink, room: string): Promise<RemoteMember[]> {
    const keys = await this.#keysOfOthers(link, room)
    const lists = await Promise.all(
      keys.map(async ([node, key]) => (await readMembers(link, key)).map(([sid, value]) => ({ sid, node, value }))),
    )
    return lists.flat()
  }

  /** Forgets this server at once: it leaves. */
  async unregister(link: CommandLink): Promise<void> {
    const { node, names } = this.#options
    const keys = [...this.#local.keys()].map((room) => names.members(room, node))
    await Promise.all([...keys, names.roomsOf(node)].map((key) => link.run(['unlink', key])))
    await link.run(['zrem', names.nodes(), node])
  }

  /** Sends the commands of this turn; while Redis is away they are not needed, {@link register} tells all. */
  flush(): void {
    const link = this.#options.link()
    const commands = this.#commands
    this.#commands = []
    if (link === undefined) return
    for (const command of commands) link.run(command).catch((error: Error) => this.#options.failed(error, link))
  }

  #run(command: RedisCommand): void {
    if (this.#options.link() === undefined) return
    if (this.#commands.length === 0) setImmediate(() => this.flush())
    this.#commands.push(command)
  }

  async #keysOfOthers(link: CommandLink, room: string): Promise<[node: string, key: string][]> {
    const { node, names } = this.#options
    const alive = (await link.run(['eval', ALIVE, 1, names.nodes()])) as string[]
    return alive.filter((other) => other !== node).map((other) => [other, names.members(room, other)])
  }
}

/** Time a server has to forget another before a third takes over, in ms. */
const SWEEP_MS = 30_000

/** Fields and values in one HSET. */
const BLOCK = 1_000

/** Redis' own time in ms: the clocks of servers may differ. */
const NOW = `local t = redis.call('TIME'); local now = t[1] * 1000 + math.floor(t[2] / 1000)`

/** @returns 1 when the server was there, 0 when it is new or was forgotten. */
const RENEW = `${NOW}
local was = redis.call('ZSCORE', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
return was and 1 or 0`

/** Takes the servers whose lease ended, and those that another server began to forget and did not finish. */
const CLAIM_DEAD = `${NOW}
local dead = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 16)
for _, node in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, 16)) do dead[#dead + 1] = node end
for _, node in ipairs(dead) do
  redis.call('ZREM', KEYS[1], node)
  redis.call('ZADD', KEYS[2], now + ARGV[1], node)
end
return dead`

const ALIVE = `${NOW}
return redis.call('ZRANGEBYSCORE', KEYS[1], now, '+inf')`

/** As a script, because client libraries make an object of HGETALL's reply. */
const READ = `return redis.call('HGETALL', KEYS[1])`

async function readMembers(link: CommandLink, key: string): Promise<[sid: string, value: unknown][]> {
  const fields = (await link.run(['eval', READ, 1, key])) as string[]
  const members: [string, unknown][] = []
  for (let at = 0; at + 1 < fields.length; at += 2) members.push([fields[at] ?? '', parseValue(fields[at + 1] ?? '')])
  return members
}

/** What another program wrote into the hash harms nothing. */
function parseValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
