import type { CommandContract, Contract, JsonSchema } from '@wsrv/schema'
import { Help } from 'commander'
import type { Output } from '../output.ts'
import { COLUMNS, showRows } from '../show/show-rows.ts'
import { flagOf, requestFields } from './request-fields.ts'

/** Shows what a command takes and how it fails, by its contract. */
export function showCommandHelp(output: Output, command: CommandContract, types: Contract['types']): void {
  const { info } = output
  const { cmd, params = [], description, errors } = command
  info(`Usage: wsrv call ${[cmd, ...params.map((name) => `<${name}>`)].join(' ')} [flags]`)
  if (description !== undefined) info(`\n${new Help().boxWrap(description, COLUMNS)}`)
  const rows = [...requestFields(command, types)].map(([name, { schema, isRequired }]) => {
    const { description: says = '', ...rest } = schema as Described
    const notes = [isRequired && rest.default === undefined ? 'required' : defaultOf(rest)].filter(Boolean)
    return [
      `--${flagOf(name)} <${typeOf(schema)}>`,
      [says, ...notes.map((note) => `(${note})`)].join(' ').trim(),
    ] as const
  })
  const errorRows = Object.entries(errors).map(([name, { status, description: says = '' }]) => {
    return [`${name} ${status}`, says] as const
  })
  for (const [title, list] of [
    ['Flags', rows],
    ['Errors', errorRows],
  ] as const) {
    if (list.length === 0) continue
    info(`\n${title}:`)
    showRows(output, list)
  }
}

interface Described {
  readonly description?: string
  readonly default?: unknown
  readonly type?: unknown
  readonly enum?: readonly unknown[]
  readonly $ref?: string
}

function defaultOf({ default: value }: Described): string {
  return value === undefined ? '' : `default ${JSON.stringify(value)}`
}

function typeOf(schema: JsonSchema): string {
  const { type } = schema as Described
  return typeof type === 'string' ? (TYPE_NAMES.get(type) ?? type) : 'JSON'
}

const TYPE_NAMES: ReadonlyMap<string, string> = new Map([
  ['object', 'JSON'],
  ['array', 'item'],
  ['null', 'null'],
])
