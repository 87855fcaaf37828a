import type { Redis } from 'ioredis'
import type { Message } from '../quickstart/generated/server.ts'

/** Messages that a room remembers. */
const MAX_REMEMBERED = 10_000

/** The messages of every room, in Redis: whichever process takes one, all of them can show it. */
export class Rooms {
  readonly #redis: Redis

  constructor(redis: Redis) {
    this.#redis = redis
  }

  /** Keeps a new message and gives it the room's next id. */
  async add(room: string, said: Pick<Message, 'from' | 'content' | 'quotes'>): Promise<Message> {
    const id = await this.#redis.incr(`chat:${room}:last`)
    const message: Message = { id, room, sentAtMs: Date.now(), ...said }
    await this.#redis
      .multi()
      .zadd(keyOf(room), id, JSON.stringify(message))
      .zremrangebyrank(keyOf(room), 0, -1 - MAX_REMEMBERED)
      .exec()
    return message
  }

  /** A message by its id. */
  async find(room: string, id: number): Promise<Message | undefined> {
    const [text] = await this.#redis.zrangebyscore(keyOf(room), id, id)
    return text === undefined ? undefined : JSON.parse(text)
  }

  /** The latest messages before an id, oldest first. */
  async before(room: string, id: number, limit: number): Promise<{ messages: Message[]; hasMore: boolean }> {
    const end = Number.isFinite(id) ? `(${id}` : '+inf'
    const texts = await this.#redis.zrevrangebyscore(keyOf(room), end, '-inf', 'LIMIT', 0, limit + 1)
    const messages: Message[] = texts.slice(0, limit).map((text) => JSON.parse(text))
    return { messages: messages.reverse(), hasMore: texts.length > limit }
  }
}

function keyOf(room: string): string {
  return `chat:${room}:messages`
}
