import { type ConformanceCase, readCases, type Settlement, type Step, wireOf } from '../conformance/case.ts'
import { table } from './table.ts'

/** The conversations of one part of the protocol, as Markdown. */
export function conversations({ extensions }: { readonly extensions: boolean }): string {
  return readCases()
    .filter((one) => (one.extensions !== undefined) === extensions)
    .map(conversation)
    .join('\n')
}

/** Which conversations are about which section of PROTOCOL.md, in the page's order. */
export function conversationTable(headings: readonly string[]): string {
  const cases = readCases()
  const rows = headings.flatMap((heading) => {
    const links = cases.filter(({ section }) => isAbout(heading, section)).map(link)
    return links.length === 0 ? [] : [[heading.replace(/\$\w+|^[a-z]\w+(?=:)/g, '`$&`'), links.join(' · ')]]
  })
  return table(['section', 'conversations'], rows)
}

/** Whether a heading is that of a section: `$auth` is that of "$auth and $reauth: fresh credentials". */
export function isAbout(heading: string, section: string): boolean {
  return heading === section || (heading.split(':')[0] as string).split(' and ').includes(section)
}

function link({ number, title }: ConformanceCase): string {
  return `[${number}. ${title}](docs/conversations.md#${anchor(`${number}. ${title}`)})`
}

/** The anchor that GitHub gives a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-')
}

function conversation({ number, title, section, note, ends, steps }: ConformanceCase): string {
  const lines = steps.map(lineOf).filter((line) => line !== '')
  const about = /^[$a-z]/.test(section) ? `\`${section}\`` : section
  const words = `${note === undefined ? '' : `${note} `}*${about}. Holds for: ${ends.join(' and ')}.*`
  return `### ${number}. ${title}\n\n${words}\n\n\`\`\`text\n${lines.join('\n')}\n\`\`\`\n`
}

function lineOf(step: Step): string {
  const event = eventOf(step) ?? toldOf(step)
  if (event !== undefined) return `      ${event}`
  if (step.closes !== undefined) return `${step.closes.by === 'server' ? 'S → C' : 'C → S'} close ${step.closes.code}`
  const frame = step.client ?? step.server
  if (frame === undefined) return ''
  const { text, isBinary } = wireOf(frame)
  const shown = text === '' ? '(empty)' : text
  const arrow = step.client === undefined ? 'S → C' : 'C → S'
  return `${arrow} ${isBinary ? 'binary ' : ''}${shown}${step.lost ? ' (lost)' : ''}`
}

/** What happens to both ends. */
function eventOf(step: Step): string | undefined {
  if (step.wait !== undefined) return `wait ${step.wait.toLocaleString('en')} ms`
  if (step.drops) return 'the connection breaks; the client connects again'
  if (step.restarts) return 'the server restarts; the client connects again'
  if (step.shutsDown) return 'the server begins to shut down'
  return undefined
}

/** What the client's application does or is told. */
function toldOf({ aborts, session, gap, mismatch, settles, opens, items, breaks }: Step): string | undefined {
  if (opens !== undefined) return 'the application opens the stream'
  if (items !== undefined) return `the application has read ${readOf(items)}`
  if (breaks) return 'the application breaks off'
  if (aborts !== undefined) return `the call is aborted with "${aborts}"`
  if (session !== undefined) return `the application is told of its session: ${JSON.stringify(session)}`
  if (gap !== undefined) return `the application is told of missing pushes: ${JSON.stringify(gap)}`
  if (mismatch !== undefined) return `the client reports that ${mismatch.join(', ')} differs`
  return settles === undefined ? undefined : `the call ${outcomeOf(settles)}`
}

function readOf([first, last]: readonly [first: number, last: number]): string {
  return first === last ? `the item ${first}` : `the items ${first} to ${last}`
}

function outcomeOf({ value, error, reason }: Settlement): string {
  if (reason !== undefined) return `rejects with "${reason}"`
  if (error === undefined) return `resolves with ${JSON.stringify(value)}`
  return `rejects with ${error['code'] ?? `status ${error['status']}`}`
}
