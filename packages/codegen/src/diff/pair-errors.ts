import type { CommandContract, ErrorContract } from '@wsrv/schema'

/** An error of a command with its name. */
export interface NamedError extends ErrorContract {
  readonly name: string
}

type Errors = CommandContract['errors']
type Pair = readonly [before: NamedError | undefined, after: NamedError | undefined]

/** Pairs the errors of two versions: by name, then by status, which is what a deployed client knows them by. */
export function pairErrors(before: Errors, after: Errors): readonly Pair[] {
  const [old, now] = [before, after].map((errors) =>
    Object.entries(errors).map(([name, error]): NamedError => ({ name, ...error })),
  ) as [NamedError[], NamedError[]]
  const byName = old.flatMap((error): readonly Pair[] => {
    const twin = now.find(({ name }) => name === error.name)
    return twin === undefined ? [] : [[error, twin]]
  })
  const gone = old.filter(({ name }) => after[name] === undefined)
  const come = now.filter(({ name }) => before[name] === undefined)
  const twinOf = ({ status }: NamedError): NamedError | undefined => come.find((error) => error.status === status)
  const twins = gone.map(twinOf)
  return [
    ...byName,
    ...gone.map((error, index): Pair => [error, twins[index]]),
    ...come.filter((error) => !twins.includes(error)).map((error): Pair => [undefined, error]),
  ]
}
