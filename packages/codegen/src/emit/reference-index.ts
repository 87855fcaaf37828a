import { type Html, html } from './html.ts'

/** An entry of the index. */
export interface IndexEntry {
  /** Of its section. */
  readonly id: string
  /** `chat` of `chat.join`; empty where it has none. */
  readonly namespace: string
  /** Its own name there: `join`. */
  readonly name: string
}

/** A command's or a push's entry. */
export function entryOf(cmd: string): IndexEntry {
  const at = cmd.lastIndexOf('.')
  return { id: cmd, namespace: cmd.slice(0, Math.max(at, 0)), name: cmd.slice(at + 1) }
}

/** Sorts as people count: `c5` before `c10`. */
export function sortByName<One>(all: readonly One[], nameOf: (one: One) => string): readonly One[] {
  return [...all].sort((one, other) => NATURAL.compare(nameOf(one), nameOf(other)))
}

/** Of one language, so that the page is the same wherever it is generated. */
const NATURAL = new Intl.Collator('en', { numeric: true })

/** An index with more entries has its namespaces closed, so that it can be seen whole. */
const MAX_OPEN_ENTRIES = 60

/** Prints the index of one kind of sections: what has no namespace first, then one group per namespace. */
export function printIndex(title: string, entries: readonly IndexEntry[]): Html | undefined {
  if (entries.length === 0) return undefined
  const names = new Set(entries.map(({ namespace }) => namespace))
  const groups = sortByName([...names], (name) => name).map(
    (name) => [name, entries.filter(({ namespace }) => namespace === name)] as const,
  )
  return html`<h2>${title} <small>${entries.length}</small></h2>
${groups.map(([name, own]) => printGroup(name, own, entries.length <= MAX_OPEN_ENTRIES))}`
}

function printGroup(namespace: string, entries: readonly IndexEntry[], isOpen: boolean): Html {
  const list = html`<ul>
${entries.map(({ id, name }) => html`<li><a href="#${id}" title="${id}">${name}</a></li>\n`)}</ul>
`
  if (namespace === '') return html`<div class="group">${list}</div>\n`
  return html`<details class="group"${isOpen && html` open`}><summary>${namespace} <small>${entries.length}</small></summary>\n${list}</details>\n`
}
