import { ITEM_MSG, STATUS, STREAM_CREDIT } from '@wsrv/protocol'
import type { Contract } from '@wsrv/schema'
import type { CommandModel, ParamModel, PushModel } from '../model/model.ts'
import { propertyAccess, quote } from '../names.ts'
import { layOut } from '../print/layout.ts'
import { printJson } from '../print/print-json.ts'
import { printValue } from '../print/print-value.ts'
import { exampleValue } from './example-value.ts'
import { type Html, html } from './html.ts'

/** Prints how a command is called: with the generated client, from a shell, and on the wire. */
export function printCalls(command: CommandModel, { commands, types }: Contract): Html {
  const found = commands.find(({ cmd }) => cmd === command.cmd)
  const { cmd } = command
  const data = exampleValue(found?.request ?? {}, types)
  const stream = found?.stream
  const sent = { cmd, seqno: SEQNO, data, ...(stream && { credit: STREAM_CREDIT }) }
  const items = stream && { cmd, seqno: SEQNO, status: STATUS.item, msg: ITEM_MSG, data: [exampleValue(stream, types)] }
  const got = { cmd, seqno: SEQNO, status: 0, msg: 'ok', data: exampleValue(found?.response ?? {}, types) }
  const call = `${methodOf(command.path)}(${argumentsOf(command, data).join(', ')})`
  return printTabs([
    [
      'TypeScript',
      [stream === undefined ? `const answer = await ${call}` : `for await (const item of ${call}) show(item)`],
    ],
    ['CLI', [`wsrv call ${cmd}${wordsOf(command, data)}`]],
    ['Wire', [sent, ...(items ? [items] : []), got].map((message) => printJson(message).trimEnd())],
  ])
}

/** Prints how a push is received. */
export function printReceiving({ cmd }: PushModel, { pushes, types }: Contract): Html {
  const data = exampleValue(pushes.find((push) => push.cmd === cmd)?.data ?? {}, types)
  const pushed = { cmd, seqno: 'a1b2c3d4', status: 0, msg: 'ok', data }
  return printTabs([
    ['TypeScript', [`const stop = client.on(${quote(cmd)}, (data) => show(data))`]],
    ['CLI', [`wsrv tail ${cmd}`]],
    ['Wire', [printJson(pushed).trimEnd()]],
  ])
}

/** A request's seqno in examples. */
const SEQNO = 'k3v9zq-0001'

type Tab = readonly [name: string, codes: readonly string[]]

/** Without its script the page shows all tabs, one below the other; so does paper. */
function printTabs(tabs: readonly Tab[]): Html {
  const panels = tabs.map(([name, codes]) => {
    const blocks = codes.map((code) => html`<pre><code>${code}</code></pre>\n`)
    return html`<div class="panel" data-tab="${name}">\n<h4>${name}</h4>\n${blocks}</div>\n`
  })
  return html`<div class="tabs">\n${panels}</div>\n`
}

function methodOf(path: readonly string[]): string {
  return path.reduce(propertyAccess, 'client')
}

/** The method's arguments as code. */
function argumentsOf({ request }: CommandModel, data: unknown): readonly string[] {
  if (request.isEmpty) return []
  const print = (value: unknown): string => layOut(printValue(value)).trimEnd()
  if (request.params.length === 0) return [print(data)]
  const { given, rest } = splitParams(request.params, data)
  const args = given.map((value) => (value === undefined ? 'undefined' : print(value)))
  return request.rest === undefined || Object.keys(rest).length === 0 ? args : [...args, print(rest)]
}

/** The values of parameters, and the rest of the request. */
function splitParams(params: readonly ParamModel[], data: unknown): { given: readonly unknown[]; rest: object } {
  const all = new Map(Object.entries(data as object))
  const given = params.map(({ property }) => all.get(property))
  for (const { property } of params) all.delete(property)
  return { given, rest: Object.fromEntries(all) }
}

/** The words of a shell that make the request: its first parameters while they are plain, and JSON for all else. */
function wordsOf({ request }: CommandModel, data: unknown): string {
  if (request.isEmpty) return ''
  const { given } = splitParams(request.params, data)
  const at = given.findIndex((value) => !isPlain(value))
  const plain = request.params.slice(0, at === -1 ? given.length : at)
  const { given: texts, rest } = splitParams(plain, data)
  const json = plain.length === 0 ? data : rest
  const isLeft = typeof json !== 'object' || json === null || Object.keys(json).length > 0
  const words = [
    ...texts.map((text) => shellWord(String(text))),
    ...(isLeft ? ['--data', shellWord(JSON.stringify(json))] : []),
  ]
  return words.map((word) => ` ${word}`).join('')
}

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value) && !/^-|^$/.test(String(value))
}

/** A word as a POSIX shell takes it. */
function shellWord(text: string): string {
  return /^[\w./:@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
