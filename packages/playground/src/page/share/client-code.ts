import { type CommandContract, clientPath } from '@wsrv/schema'
import { isObject } from '../form/pick-variant.ts'

/** A call as a line of the generated client: `await client.chat.send('lobby', { kind: 'text', text: 'hi' })`. */
export function clientCode(command: CommandContract, data: unknown): string {
  const name = `client.${clientPath(command.cmd).join('.')}`
  return `await ${name}(${argumentsOf(command, data).map(writeValue).join(', ')})`
}

function argumentsOf({ params = [] }: CommandContract, data: unknown): readonly unknown[] {
  if (!isObject(data)) return [data]
  const rest = Object.fromEntries(Object.entries(data).filter(([name]) => !params.includes(name)))
  const hasRest = Object.keys(rest).length > 0
  const values: unknown[] = params.map((name) => data[name])
  while (!hasRest && values.length > 0 && values.at(-1) === undefined) values.pop()
  return hasRest ? [...values, rest] : values
}

/** A value as TypeScript on one line, in single quotes. */
function writeValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(writeValue).join(', ')}]`
  if (isObject(value)) {
    const properties = Object.entries(value).map(([name, inner]) => `${writeKey(name)}: ${writeValue(inner)}`)
    return properties.length === 0 ? '{}' : `{ ${properties.join(', ')} }`
  }
  return typeof value === 'string' ? writeText(value) : String(value)
}

function writeKey(name: string): string {
  if (name === '__proto__') return `['__proto__']`
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : writeText(name)
}

function writeText(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${inner}'`
}

/** A call as a line for a shell: `wsrv call chat.send --url ws://… --data '{"room":"lobby"}'`. */
export function cliLine(cmd: string, data: unknown, url: string): string {
  return ['wsrv', 'call', quote(cmd), '--url', quote(url), '--data', quote(JSON.stringify(data))].join(' ')
}

/** Text that a POSIX shell takes as one word and changes nothing in. */
function quote(text: string): string {
  return /^[\w./:@=,-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
