import { describe } from '@wsrv/protocol'
import { type CommandContract, type Contract, didYouMean, type JsonSchema } from '@wsrv/schema'
import { explainRequest } from '@wsrv/server/validation'
import type { MockScript, ScheduledPush, ScriptedAnswer } from './mock-script.ts'

/** What is wrong with a script by a contract, each with its place; empty when nothing is. */
export function checkScript(script: unknown, contract: Contract): readonly string[] {
  const checker = new ScriptChecker(contract)
  checker.check(script)
  return checker.problems
}

/** The answers of a command in a script, in their order. */
export function answersOf(answers: ScriptedAnswer | readonly ScriptedAnswer[]): readonly ScriptedAnswer[] {
  return Array.isArray(answers) ? answers : [answers as ScriptedAnswer]
}

const SCRIPT_KEYS = ['answers', 'pushes']
const ANSWER_KEYS = ['when', 'data', 'error', 'status', 'msg', 'delayMs', 'drop', 'pushes']
const PUSH_KEYS = ['push', 'everyMs', 'data']

class ScriptChecker {
  readonly problems: string[] = []
  readonly #contract: Contract

  constructor(contract: Contract) {
    this.#contract = contract
  }

  check(script: unknown): void {
    if (!this.#isObject('the script', script, SCRIPT_KEYS)) return
    const { answers = {}, pushes = [] } = script as MockScript
    if (this.#isObject('answers', answers)) {
      for (const [cmd, list] of Object.entries(answers)) this.#checkAnswers(cmd, answersOf(list))
    }
    if (!Array.isArray(pushes)) this.problems.push(`pushes must be a list, got ${describe(pushes)}.`)
    else for (const [at, push] of pushes.entries()) this.#checkSchedule(`pushes[${at}]`, push)
  }

  #checkAnswers(cmd: string, list: readonly ScriptedAnswer[]): void {
    const command = this.#contract.commands.find((one) => one.cmd === cmd)
    if (command === undefined) this.#refuseName('answers', 'command', cmd)
    else for (const [at, answer] of list.entries()) this.#checkAnswer(`${cmd}[${at}]`, answer, command)
  }

  #checkAnswer(place: string, answer: ScriptedAnswer, command: CommandContract): void {
    if (!this.#isObject(place, answer, ANSWER_KEYS)) return
    const { data, error, status = 0, delayMs = 0, pushes = [] } = answer
    if (!Number.isInteger(status)) {
      this.problems.push(`${place}: status must be a whole number, got ${describe(status)}.`)
    }
    if (!(delayMs >= 0)) this.problems.push(`${place}: delayMs must be a number from 0, got ${describe(delayMs)}.`)
    const success = status === 0 ? command.response : undefined
    const schema = error === undefined ? success : this.#schemaOfError(place, error, command)
    if (data !== undefined && schema !== undefined) this.#checkData(`${place}.data`, data, schema)
    for (const [at, { push, data: pushed }] of pushes.entries()) this.#checkPush(`${place}.pushes[${at}]`, push, pushed)
  }

  #schemaOfError(place: string, error: string, { cmd, errors }: CommandContract): JsonSchema | undefined {
    if (Object.hasOwn(errors, error)) return errors[error]?.data
    const names = Object.keys(errors)
    const known = didYouMean(error, names) || ` Expected ${names.join(' | ') || 'none: it has no errors'}.`
    this.problems.push(`${place}: ${cmd} has no error ${describe(error)}.${known}`)
    return undefined
  }

  #checkSchedule(place: string, scheduled: ScheduledPush): void {
    if (!this.#isObject(place, scheduled, PUSH_KEYS)) return
    const { push, everyMs, data } = scheduled
    if (!(everyMs > 0)) this.problems.push(`${place}: everyMs must be a number above 0, got ${describe(everyMs)}.`)
    this.#checkPush(place, push, data)
  }

  #checkPush(place: string, name: string, data: unknown): void {
    const push = this.#contract.pushes.find(({ cmd }) => cmd === name)
    if (push === undefined) this.#refuseName(place, 'push', name)
    else if (data !== undefined) this.#checkData(`${place}.data`, data, push.data)
  }

  #checkData(place: string, data: unknown, schema: JsonSchema): void {
    const { issues } = explainRequest(schema, data, this.#contract.types)
    for (const { path, message } of issues) this.problems.push(`${place}${path} ${message}.`)
  }

  #refuseName(place: string, kind: 'command' | 'push', name: unknown): void {
    const members = kind === 'command' ? this.#contract.commands : this.#contract.pushes
    const known = members.map(({ cmd }) => cmd)
    const expected = known.length === 0 ? ' It has none.' : ` Expected one of ${known.join(', ')}.`
    const meant = typeof name === 'string' ? didYouMean(name, known) : ''
    this.problems.push(`${place}: the contract has no ${kind} ${describe(name)}.${meant || expected}`)
  }

  #isObject(place: string, value: unknown, keys?: readonly string[]): boolean {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.problems.push(`${place} must be an object, got ${describe(value)}.`)
      return false
    }
    for (const key of Object.keys(value)) {
      if (keys === undefined || keys.includes(key)) continue
      this.problems.push(`${place} has no "${key}".${didYouMean(key, keys) || ` Expected ${keys.join(', ')}.`}`)
    }
    return true
  }
}
