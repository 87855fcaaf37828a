import { describe, LOCAL_CODES, MIN_APPLICATION_STATUS, STATUS, UNKNOWN_CODE } from '@wsrv/protocol'
import type { CommandContract, ErrorContract } from '../contract.ts'
import type { JsonSchema } from '../json-schema.ts'
import { isObjectSchema, type PropertyView, viewObject } from '../object-view.ts'
import type { UnplacedProblem } from '../problem.ts'

/** What is wrong with a command by itself, its schemas being read already. */
export function checkCommand(
  command: CommandContract,
  types: Readonly<Record<string, JsonSchema>>,
  isForeign = false,
): readonly UnplacedProblem[] {
  const { request, params = [], errors, timeoutMs, rateLimit } = command
  return [
    ...(isForeign || isObjectSchema(request, types)
      ? checkParams(params, viewObject(request, types))
      : [REQUEST_IS_NO_OBJECT]),
    ...Object.entries(errors).flatMap(([name, error]) => checkError(name, error, isForeign)),
    ...checkStatuses(Object.entries(errors)),
    ...(timeoutMs === undefined ? [] : checkTimeout(timeoutMs)),
    ...(rateLimit === undefined ? [] : checkCost(rateLimit.cost)),
  ]
}

const REQUEST_IS_NO_OBJECT: UnplacedProblem = {
  wrong: 'request is not an object schema',
  expected: 'Type.Object({ … })',
  advice: 'Give the value a name: Type.Object({ value: … }) with params: ["value"]',
}

function checkParams(
  params: readonly string[],
  properties: ReadonlyMap<string, PropertyView> = new Map(),
): readonly UnplacedProblem[] {
  const has = properties.size === 0 ? 'it has none' : `has: ${[...properties.keys()].join(', ')}`
  const problems: UnplacedProblem[] = []
  let optional: string | undefined
  for (const [index, name] of params.entries()) {
    const property = properties.get(name)
    if (property === undefined) {
      const wrong = `params names "${name}", which is not a property of request (${has})`
      problems.push({ wrong, expected: 'names of properties of request' })
    } else if (params.indexOf(name) !== index) {
      problems.push({ wrong: `params names "${name}" twice`, expected: 'each property once' })
    } else if (!mayBeLeftOut(property)) {
      if (optional === undefined) continue
      const wrong = `params names the optional "${optional}" before the required "${name}"`
      problems.push({ wrong, expected: 'required properties first' })
    } else {
      optional ??= name
    }
  }
  return problems
}

function mayBeLeftOut({ schema, isRequired }: PropertyView): boolean {
  return !isRequired || 'default' in schema
}

/** An error's name is a property of generated types and a `code` that callers compare with. */
const ERROR_NAME = /^[A-Za-z][A-Za-z0-9_]*$/

const FRAMEWORK_CODES: ReadonlySet<string> = new Set([...Object.keys(STATUS), ...LOCAL_CODES, UNKNOWN_CODE])

function checkError(name: string, { status }: ErrorContract, isForeign: boolean): readonly UnplacedProblem[] {
  const problems: UnplacedProblem[] = []
  if (!ERROR_NAME.test(name)) {
    const expected = 'a letter followed by letters, digits or "_"'
    problems.push({ wrong: `the error name "${name}" is not an identifier`, expected })
  }
  if (FRAMEWORK_CODES.has(name)) {
    const expected = 'a name that no framework status has'
    problems.push({ wrong: `the error name "${name}" is the framework's own code`, expected })
  }
  if (isForeign && (!Number.isSafeInteger(status) || status === STATUS.ok)) {
    problems.push({ wrong: `the error "${name}" has status ${describe(status)}`, expected: 'an integer other than 0' })
  } else if (!isForeign && (!Number.isSafeInteger(status) || status < MIN_APPLICATION_STATUS)) {
    const expected = `an integer of ${MIN_APPLICATION_STATUS} or more; those below are the framework's`
    problems.push({ wrong: `the error "${name}" has status ${describe(status)}`, expected })
  }
  return problems
}

function checkStatuses(errors: readonly (readonly [string, ErrorContract])[]): readonly UnplacedProblem[] {
  const owner = new Map<number, string>()
  return errors.flatMap(([name, { status }]) => {
    const other = owner.get(status)
    if (other === undefined) owner.set(status, name)
    if (other === undefined) return []
    return [
      { wrong: `the errors "${other}" and "${name}" share status ${status}`, expected: 'a different status for each' },
    ]
  })
}

function checkTimeout(timeoutMs: number): readonly UnplacedProblem[] {
  if (Number.isSafeInteger(timeoutMs) && timeoutMs > 0) return []
  return [{ wrong: `timeoutMs is ${describe(timeoutMs)}`, expected: 'a positive integer, in ms' }]
}

function checkCost(cost: number): readonly UnplacedProblem[] {
  if (Number.isSafeInteger(cost) && cost >= 0) return []
  return [{ wrong: `rateLimit.cost is ${describe(cost)}`, expected: 'an integer of 0 or more, in requests' }]
}
