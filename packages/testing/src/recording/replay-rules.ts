/** A value of a recording and the one that came in its place. */
export interface Compared {
  /** `cmd` of the message. */
  readonly cmd: string
  /** Its place in the message, dotted: `data.users.0.name`. */
  readonly path: string
  readonly recorded: unknown
  readonly came: unknown
}

/** Says of two values that differ whether that is as it should be. */
export type ReplayRule = (compared: Compared) => boolean

/**
 * What differs from run to run on any server: moments, UUIDs, the seqnos of pushes, what `$hello` says of the server and the session,
 * and the counts of `$ping` and `$ack`. Both values must be of the kind; a moment in the place of a name is a difference.
 */
export const USUAL_RULES: readonly ReplayRule[] = [
  ({ recorded, came }) => isMoment(recorded) && isMoment(came),
  ({ recorded, came }) => isMatch(ISO_MOMENT, recorded, came),
  ({ recorded, came }) => isMatch(UUID, recorded, came),
  ({ path, recorded, came }) => path === 'seqno' && isMatch(PUSH_SEQNO, recorded, came),
  ({ cmd, path }) => (cmd === '$hello' || cmd === '$ping') && path.startsWith('data'),
]

/**
 * A rule of the form `data.users.*.name`, or `chat.history:data.messages.*.id` for one command or push. `*` stands for one step, `**`
 * for any number.
 *
 * @throws TypeError when the text is not of this form.
 */
export function parseRule(text: string): ReplayRule {
  const [, cmd, pattern = ''] = /^(?:([^:\s]+):)?([^:\s]+)$/.exec(text) ?? []
  if (pattern === '') throw new TypeError(`a rule must be a path as data.users.*.name, or cmd:path, got "${text}"`)
  const steps = pattern.split('.').map((step) => STEPS.get(step) ?? `${step.replace(/[^\w]/g, '\\$&')}\\.`)
  const path = new RegExp(`^${steps.join('')}$`, 'u')
  return (compared) => (cmd === undefined || compared.cmd === cmd) && path.test(`${compared.path}.`)
}

const STEPS: ReadonlyMap<string, string> = new Map([
  ['*', '[^.]+\\.'],
  ['**', '(?:[^.]+\\.)*'],
])

/** Between 2001 and 2286 in ms, or in microseconds. */
function isMoment(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= 1e12 && (value as number) < 1e13
}

function isMatch(pattern: RegExp, recorded: unknown, came: unknown): boolean {
  return [recorded, came].every((value) => typeof value === 'string' && pattern.test(value))
}

const ISO_MOMENT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const PUSH_SEQNO = /^.{8}$/s
