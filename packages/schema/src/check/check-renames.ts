import { type CommandDefinition, formerNames } from '../command.ts'
import { type ContractProblem, formatPlace, placeProblems, type UnplacedProblem } from '../problem.ts'
import type { PushDefinition } from '../push.ts'
import { checkCmd } from './check-cmd.ts'
import type { NamedExport } from './check-names.ts'

/** A command or push with its name on the wire. */
export interface Renamed extends NamedExport {
  readonly definition: CommandDefinition | PushDefinition
}

/** What is wrong with former names: each belongs to one command, and to nothing else. */
export function checkRenames(exports: readonly Renamed[]): readonly ContractProblem[] {
  const owners = new Map(exports.map((one) => [one.cmd, one]))
  const claims = new Map<string, Renamed>()
  return exports.flatMap((one) => {
    if (one.definition.kind === 'push') return placeProblems(one, 'renamedFrom' in one.definition.spec ? [A_PUSH] : [])
    return formerNames(one.definition.spec).flatMap((name) => {
      const problems = checkFormerName(name, one, { owner: owners.get(name), claim: claims.get(name) })
      claims.set(name, one)
      return placeProblems(one, problems)
    })
  })
}

const A_PUSH: UnplacedProblem = {
  wrong: 'renamedFrom is given to a push',
  expected: 'it on a command only: a push has one name on the wire',
  advice: 'Declare the new push beside the old, send both, and mark the old one deprecated',
}

interface Others {
  /** The command that has this cmd now. */
  readonly owner: Renamed | undefined
  /** The command that already lists it as a former name. */
  readonly claim: Renamed | undefined
}

function checkFormerName(name: string, one: Renamed, { owner, claim }: Others): readonly UnplacedProblem[] {
  const problems = checkCmd(name)
  if (problems.length > 0)
    return problems.map((problem) => ({ ...problem, wrong: problem.wrong.replace(/^cmd/, 'renamedFrom') }))
  if (name === one.cmd) {
    const expected = 'the name that it had before'
    return [{ wrong: `renamedFrom names "${name}", which is the cmd of this very command`, expected }]
  }
  if (owner !== undefined) {
    const wrong = `renamedFrom names "${name}", which is the cmd of the ${owner.kind} ${formatPlace(owner)}`
    const advice = 'Leave it out, or remove the other: a name is answered by one'
    return [{ wrong, expected: 'a name that is free now', advice }]
  }
  if (claim === undefined) return []
  const again = claim === one ? ' twice' : `, which ${formatPlace(claim)} was renamed from already`
  return [
    {
      wrong: `renamedFrom names "${name}"${again}`,
      expected: 'each former name once',
      advice: 'Leave it with the command that old clients mean',
    },
  ]
}
