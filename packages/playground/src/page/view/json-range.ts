import { syntaxTree } from '@codemirror/language'
import type { EditorState } from '@codemirror/state'
import type { SyntaxNode } from '@lezer/common'

/** Where in a text of JSON a place is. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** Finds what a JSON Pointer points at; of something that is not there, the object that lacks it. RFC 6901. */
export function rangeOf(state: EditorState, pointer: string): Range {
  const root = syntaxTree(state).topNode.firstChild
  let node: SyntaxNode | null = root
  for (const step of pointer.split('/').slice(1)) {
    const next: SyntaxNode | null = node && childAt(state, node, step.replaceAll('~1', '/').replaceAll('~0', '~'))
    if (next === null) break
    node = next
  }
  return node === null ? { from: 0, to: state.doc.length } : startOf(node)
}

/** An object or array is marked at its bracket only: marking all of it would hide what is right. */
function startOf({ name, from, to }: SyntaxNode): Range {
  return name === 'Object' || name === 'Array' ? { from, to: from + 1 } : { from, to }
}

function childAt(state: EditorState, node: SyntaxNode, step: string): SyntaxNode | null {
  if (node.name === 'Array') return valuesOf(node)[Number(step)] ?? null
  const property = node.getChildren('Property').find((one) => nameOf(state, one) === step)
  return property?.lastChild ?? null
}

function valuesOf(array: SyntaxNode): readonly SyntaxNode[] {
  const values: SyntaxNode[] = []
  for (let node = array.firstChild; node !== null; node = node.nextSibling) {
    if (!['[', ']', ',', '⚠'].includes(node.name)) values.push(node)
  }
  return values
}

function nameOf(state: EditorState, property: SyntaxNode): unknown {
  const name = property.getChild('PropertyName')
  if (name === null) return undefined
  try {
    return JSON.parse(state.sliceDoc(name.from, name.to)) as unknown
  } catch {
    return undefined
  }
}
