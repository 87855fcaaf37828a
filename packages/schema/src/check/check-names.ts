import { codeName, type Named } from '../contract.ts'
import { type ContractProblem, formatPlace, type Place, placeProblems } from '../problem.ts'
import { pascalCase } from '../word-case.ts'
import { checkClientMember, clientPath } from './check-cmd.ts'

/** A valid name on the wire with the export that declares it. */
export interface NamedExport extends Place, Named {
  readonly kind: 'command' | 'push'
}

/** What is wrong with the names of a contract taken together; each problem stands at the later export and names the earlier. */
export function checkNames(exports: readonly NamedExport[], isForeign: boolean): readonly ContractProblem[] {
  const commands = exports.filter(({ kind }) => kind === 'command')
  const pushes = exports.filter(({ kind }) => kind === 'push')
  return [
    // A client tells a push named like a command from a response by its seqno.
    ...(isForeign ? [...checkSameCmd(commands), ...checkSameCmd(pushes)] : checkSameCmd(exports)),
    ...checkSameName(pushes),
    ...checkSameName(commands),
    ...checkNesting(commands),
    ...commands.flatMap((command) => placeProblems(command, checkClientMember(codeName(command)))),
  ]
}

function checkSameCmd(exports: readonly NamedExport[]): readonly ContractProblem[] {
  return findPairs(exports, ({ cmd }) => cmd).map(([first, second]) => ({
    ...placeOf(second),
    wrong: `cmd "${second.cmd}" is already that of the ${first.kind} ${formatPlace(first)}`,
    expected: 'a unique cmd',
    advice: 'Give one of them a cmd of its own',
  }))
}

/** Names that differ on the wire and not in code or as files: `chat.join` and `chat_join` would both be `ChatJoin`. */
function checkSameName(exports: readonly NamedExport[]): readonly ContractProblem[] {
  return findPairs(exports, (named) => pascalCase(codeName(named)).toLowerCase())
    .filter(([first, second]) => first.cmd !== second.cmd)
    .map(([first, second]) => ({
      ...placeOf(second),
      wrong: `cmd "${second.cmd}" and "${first.cmd}" of ${formatPlace(first)} are both ${pascalCase(codeName(second))} in code`,
      expected: 'names that differ in more than case and punctuation',
      advice: 'Rename one of them',
    }))
}

/** A command that is also the namespace of another: `chat` beside `chat.join`. */
function checkNesting(commands: readonly NamedExport[]): readonly ContractProblem[] {
  const byPath = new Map(commands.map((command) => [clientPath(codeName(command)).join('.'), command]))
  return commands.flatMap((command) => {
    const path = clientPath(codeName(command))
    const parents = path.slice(1).flatMap((_, index) => byPath.get(path.slice(0, index + 1).join('.')) ?? [])
    return parents.map((parent) => ({
      ...placeOf(command),
      wrong: `cmd "${command.cmd}" nests in the command "${parent.cmd}" of ${formatPlace(parent)}`,
      expected: 'a name that is either a command or a namespace',
      advice: `Rename one of them, as "${parent.cmd}" to "${parent.cmd}.get"`,
    }))
  })
}

function findPairs(
  exports: readonly NamedExport[],
  keyOf: (named: NamedExport) => string,
): readonly (readonly [first: NamedExport, second: NamedExport])[] {
  const firsts = new Map<string, NamedExport>()
  return exports.flatMap((named) => {
    const first = firsts.get(keyOf(named))
    if (first === undefined) firsts.set(keyOf(named), named)
    return first === undefined ? [] : [[first, named] as const]
  })
}

function placeOf({ file, exportName }: Place): Place {
  return { file, exportName }
}
