import { CLIENT_MEMBERS, describe, isReservedCmd, MAX_CMD_CHARS, RESERVED_PREFIX } from '@wsrv/protocol'
import type { UnplacedProblem } from '../problem.ts'
import { camelCase } from '../word-case.ts'

/** One segment of a `cmd`: `chat` and `join` of `chat.join`. PROTOCOL.md §Request. */
const SEGMENT = /^[A-Za-z][A-Za-z0-9_/:-]*$/

/** Members that every object has, and the one that would make a client look like a promise. */
const OBJECT_MEMBERS: readonly string[] = [...Object.getOwnPropertyNames(Object.prototype), 'then']

/** What is wrong with a command's name on the wire, as far as the name itself shows. */
export function checkCmd(cmd: unknown): readonly UnplacedProblem[] {
  const problems = checkForeignCmd(cmd)
  if (problems.length > 0 || isCmd(String(cmd))) return problems
  return [{ wrong: `cmd "${cmd}" is not a command name`, expected: GRAMMAR }]
}

/** The same where another server chose the name: whatever the wire takes. */
export function checkForeignCmd(cmd: unknown): readonly UnplacedProblem[] {
  if (typeof cmd !== 'string') return [{ wrong: `cmd is ${describe(cmd)}`, expected: GRAMMAR }]
  if (isReservedCmd(cmd)) {
    return [
      {
        wrong: `cmd "${cmd}" is reserved`,
        expected: `a name that does not begin with "${RESERVED_PREFIX}", which belongs to the protocol`,
      },
    ]
  }
  if (cmd.length > MAX_CMD_CHARS) {
    return [{ wrong: `cmd has ${cmd.length} characters`, expected: `at most ${MAX_CMD_CHARS}` }]
  }
  return cmd === '' ? [{ wrong: 'cmd is empty', expected: GRAMMAR }] : []
}

/** Whether code can make names of a command's name. */
export function isCmd(cmd: string): boolean {
  return cmd.split('.').every((segment) => SEGMENT.test(segment))
}

const GRAMMAR =
  'segments joined by dots, each a letter followed by letters, digits, "_", "/", ":" or "-", as in chat.join'

/** What is wrong with a valid `cmd` as the name of a method of the generated client. */
export function checkClientMember(cmd: string): readonly UnplacedProblem[] {
  const [member = ''] = clientPath(cmd)
  if (!CLIENT_MEMBERS.includes(member) && !OBJECT_MEMBERS.includes(member)) return []
  return [
    {
      wrong: `cmd "${cmd}" would hide the client's own member "${member}"`,
      expected: 'a name that neither the client nor every object has',
      advice: `Nest it under a word of yours, as in "app.${cmd}"`,
    },
  ]
}

/** Where the generated client has a command: `['chat', 'sendText']` for `chat.send_text`. Of a name in code. */
export function clientPath(cmd: string): readonly string[] {
  return cmd.split('.').map(camelCase)
}
