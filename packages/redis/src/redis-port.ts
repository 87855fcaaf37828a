/**
 * What the broker needs of Redis: a few functions, so that it knows no client library. A link is used once: when it ends,
 * another is opened, which makes standalone, Sentinel and cluster behave alike.
 */
export interface RedisPort {
  /** Parts that rooms and sessions are spread over: 1, in a cluster 64, so that each of its masters carries some. */
  readonly partitions: number
  /** Opens the link that publishes and runs commands. */
  openCommands(ended: (error: Error) => void): Promise<CommandLink>
  /** Opens the link that receives; `received` is called for each message until it has ended. */
  openSubscriptions(events: SubscriptionEvents): Promise<SubscriptionLink>
}

export interface SubscriptionEvents {
  received(channel: string, message: Buffer): void
  ended(error: Error): void
}

/** Commands leave in the order of the calls; each rejects when Redis refuses it or does not answer in time. */
export interface CommandLink {
  /** @returns how many subscribers got it; in a cluster fewer than there are. */
  publish(channel: string, message: Buffer): Promise<number>
  /** Runs one command; a script is `eval`. */
  run(command: RedisCommand): Promise<unknown>
  /** What `INFO` says; in a cluster that of one of its masters. */
  info(): Promise<string>
  /** Ends without notice; idempotent. */
  close(): void
}

export type RedisCommand = readonly [name: string, ...args: (string | number)[]]

export interface SubscriptionLink {
  /** Resolves when Redis has confirmed every one. All channels are of one partition. */
  subscribe(partition: number, channels: readonly string[]): Promise<void>
  unsubscribe(partition: number, channels: readonly string[]): Promise<void>
  /** Ends without notice; idempotent. */
  close(): void
}
