import { describe } from '@wsrv/protocol'
import { type CommandContract, type Contract, didYouMean } from '@wsrv/schema'
import { explainRequest, type Issue } from '@wsrv/server/validation'
import { isBoolean, parseJson, readValue, readValues } from './read-value.ts'
import { fieldOfFlag, flagOf, type RequestFields, requestFields } from './request-fields.ts'
import { type Flag, splitWords } from './words.ts'

/** A request's data, or what is wrong with the words that should have made it. */
export type ReadRequest = { readonly data: unknown } | { readonly problems: readonly string[] }

/** What a call was given. */
export interface GivenWords {
  /** Parameters and flags. */
  readonly words: readonly string[]
  /** The option `--data`: where the data begins, before words are set in it. */
  readonly json: string | undefined
}

/** Makes a command's data of words, typed and checked by its contract. */
export function readRequest(command: CommandContract, types: Contract['types'], given: GivenWords): ReadRequest {
  const reader = new Reader(command, types)
  const data = reader.read(given)
  return reader.problems.length > 0 ? { problems: reader.problems } : { data }
}

class Reader {
  readonly problems: string[] = []
  readonly #command: CommandContract
  readonly #types: Contract['types']
  readonly #fields: RequestFields

  constructor(command: CommandContract, types: Contract['types']) {
    this.#command = command
    this.#types = types
    this.#fields = requestFields(command, types)
  }

  read({ words, json }: GivenWords): unknown {
    const data = this.#readData(json)
    const { positionals, flags } = splitWords(words, (flag) => this.#isSwitch(flag))
    this.#setParams(data, positionals)
    this.#setFlags(data, flags)
    if (this.problems.length === 0) this.#check(data)
    return data
  }

  #readData(json: string | undefined): unknown {
    const data = json === undefined ? {} : parseJson(json)
    if (data === undefined) this.problems.push(`--data must be JSON, got ${describe(json)}.`)
    return data
  }

  #isSwitch(flag: string): boolean {
    const field = this.#fields.get(fieldOfFlag(flag.replace(/^no-/, ''), this.#fields) ?? '')
    return field !== undefined && isBoolean(field.schema, this.#types)
  }

  #setParams(data: unknown, positionals: readonly string[]): void {
    const { cmd, params = [] } = this.#command
    if (positionals.length > params.length) {
      const takes = params.length === 0 ? 'no parameters' : `${params.map((name) => `<${name}>`).join(' ')}`
      this.problems.push(`${cmd} takes ${takes}, got ${describe(positionals[params.length])} besides.`)
      return
    }
    for (const [at, text] of positionals.entries()) {
      const name = params[at] as string
      const schema = this.#fields.get(name)?.schema ?? {}
      this.#set(data, name, readValue(text, schema, this.#types))
    }
  }

  #setFlags(data: unknown, flags: readonly Flag[]): void {
    const texts = new Map<string, string[]>()
    for (const { name, value } of flags) {
      const isNo = name.startsWith('no-') && fieldOfFlag(name, this.#fields) === undefined
      const field = fieldOfFlag(isNo ? name.slice('no-'.length) : name, this.#fields)
      if (field === undefined) this.#refuseFlag(name)
      else if (value === undefined && !this.#isSwitch(name)) this.problems.push(`--${name} needs a value.`)
      else texts.set(field, [...(texts.get(field) ?? []), value ?? String(!isNo)])
    }
    for (const [field, values] of texts) {
      this.#set(data, field, readValues(values, this.#fields.get(field)?.schema ?? {}, this.#types))
    }
  }

  #refuseFlag(name: string): void {
    const known = [...this.#fields.keys()].map((field) => `--${flagOf(field)}`)
    const expected = known.length === 0 ? 'It has no flags.' : `Expected one of ${known.join(', ')}.`
    this.problems.push(`${this.#command.cmd} has no flag --${name}.${didYouMean(`--${name}`, known) || ` ${expected}`}`)
  }

  /** Sets a field, objects on the way to it made. */
  #set(data: unknown, field: string, value: unknown): void {
    const steps = field.split('.')
    let place = data
    for (const [at, step] of steps.entries()) {
      if (typeof place !== 'object' || place === null || Array.isArray(place)) return
      const there = Object.hasOwn(place, step) ? (place as Record<string, unknown>)[step] : {}
      const next = at === steps.length - 1 ? value : there
      Object.defineProperty(place, step, { value: next, enumerable: true, writable: true, configurable: true })
      place = next
    }
  }

  #check(data: unknown): void {
    const { issues, total } = explainRequest(this.#command.request, data, this.#types)
    for (const issue of issues) this.problems.push(this.#explain(issue))
    if (total > issues.length) this.problems.push(`${total - issues.length} more.`)
  }

  /** An issue with the name that the caller knows its place by. */
  #explain({ path, message }: Issue): string {
    const field = path.slice(1).replaceAll('/', '.')
    const whole = path === '' ? 'data' : `data at ${path}`
    const place = this.#fields.has(field) ? `--${flagOf(field)}` : whole
    return `${place} ${message}.`
  }
}
