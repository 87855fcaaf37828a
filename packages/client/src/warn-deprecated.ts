import type { ClientOptions } from './client-options.ts'
import type { CommandInfo } from './command-info.ts'
import type { Problem } from './problem.ts'

/**
 * Makes a client warn of commands and pushes that its contract deprecates: of a command at its first call, of a push at its
 * first subscription, each once per process or page, however many clients there are.
 *
 * A warning goes to the console, or as a {@link Problem} of the kind `deprecated` to the client's `onProblem` when it has
 * one: that is also how to silence it. Generated code calls this when there is something to warn of, so that a client
 * without deprecations does not carry it.
 *
 * @param deprecated reasons by name on the wire.
 */
export function warnDeprecated(
  client: object,
  deprecated: Readonly<Record<string, string>>,
  { onProblem = warnOnConsole }: Pick<ClientOptions, 'onProblem'> = {},
): void {
  const reasons = new Map(Object.entries(deprecated))
  const use = (name: string): void => {
    const reason = reasons.get(name)
    if (reason === undefined) return
    const text = `${name} is deprecated: ${reason}`
    if (warned.has(text)) return
    warned.add(text)
    onProblem({ kind: 'deprecated', error: new Error(text) })
  }
  const watched = client as WatchedClient
  const { call, on, pushes } = watched
  watched.call = (info, ...rest) => {
    use(info.cmd)
    return call.call(client, info, ...rest)
  }
  watched.on = (name, ...rest) => {
    use(name)
    return on.call(client, name, ...rest)
  }
  watched.pushes = (name, ...rest) => {
    use(name)
    return pushes.call(client, name, ...rest)
  }
}

/** What was warned of already. */
const warned = new Set<string>()

/** The members of a client through which names are used. */
interface WatchedClient {
  call: (info: CommandInfo, ...rest: readonly unknown[]) => unknown
  on: (name: string, ...rest: readonly unknown[]) => unknown
  pushes: (name: string, ...rest: readonly unknown[]) => unknown
}

function warnOnConsole({ error }: Problem): void {
  console.warn(`wsrv: ${(error as Error).message}`)
}
