import {
  type ArrayLiteralExpression,
  Node,
  type ObjectLiteralExpression,
  Project,
  type SourceFile,
  SyntaxKind,
  ts,
} from 'ts-morph'
import type { AllowedChange } from './allowed-change.ts'

/** A change to write into a config. */
export interface AllowEdit {
  /** Of the contract, where the config holds several. */
  readonly contract: string | undefined
  readonly entry: AllowedChange
  /** The entry that it takes the place of. Default: the one that pins the same change. */
  readonly replaces?: AllowedChange | undefined
}

/**
 * Writes changes to let pass into the text of a config, every other byte as it was.
 *
 * @returns nothing where `allow` is not an array literal in the file itself.
 */
export function allowInConfig(text: string, edits: readonly AllowEdit[]): string | undefined {
  let edited: string | undefined = text
  for (const edit of edits) edited = edited === undefined ? undefined : allowOne(edited, edit)
  return edited
}

function allowOne(text: string, { contract, entry, replaces = entry }: AllowEdit): string | undefined {
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true })
  const source = project.createSourceFile('config.ts', text)
  const config = findContract(source, contract)
  if (config === undefined) return undefined
  const write = literalPrinter(source)
  const lines = Object.entries(entry).map(([key, value]) => `${key}: ${write(value)}`)
  const property = config.getProperty('allow')
  if (property === undefined) {
    const hasSpread = config.getProperties().some((one) => Node.isSpreadAssignment(one))
    return hasSpread ? undefined : append(config, (layout) => printAllow(lines, layout))
  }
  const allow = Node.isPropertyAssignment(property) ? property.getInitializer() : undefined
  if (!Node.isArrayLiteralExpression(allow)) return undefined
  const before = allow.getElements().find((one) => PINNED.every((key) => textAt(one, key) === replaces[key]))
  if (before === undefined) return append(allow, (layout) => printEntry(lines, layout))
  return text.slice(0, before.getStart()) + printEntry(lines, layoutOf(allow, before)) + text.slice(before.getEnd())
}

/** By what an entry is found again. */
const PINNED = ['change', 'severity', 'before', 'after'] as const

function textAt(element: Node, key: string): string | undefined {
  if (!Node.isObjectLiteralExpression(element)) return undefined
  const property = element.getProperty(key)
  const value = Node.isPropertyAssignment(property) ? property.getInitializer() : undefined
  return Node.isStringLiteral(value) || Node.isNoSubstitutionTemplateLiteral(value)
    ? value.getLiteralValue()
    : undefined
}

function findContract(source: SourceFile, contract: string | undefined): ObjectLiteralExpression | undefined {
  const exported = source.getExportAssignment((one) => !one.isExportEquals())?.getExpression()
  const config = toObject(exported)
  return contract === undefined ? config : member(member(config, 'contracts'), contract)
}

function member(object: ObjectLiteralExpression | undefined, name: string): ObjectLiteralExpression | undefined {
  const property = object?.getProperties().find((one) => Node.isPropertyAssignment(one) && keyOf(one) === name)
  return Node.isPropertyAssignment(property) ? toObject(property.getInitializer()) : undefined
}

function keyOf(property: Node): string | undefined {
  if (!Node.isPropertyAssignment(property)) return undefined
  const name = property.getNameNode()
  return Node.isStringLiteral(name) ? name.getLiteralValue() : name.getText()
}

/** The object that an expression is: itself, a call's argument, a constant of the same file. */
function toObject(value: Node | undefined): ObjectLiteralExpression | undefined {
  if (value === undefined || Node.isObjectLiteralExpression(value)) return value
  if (Node.isAsExpression(value) || Node.isSatisfiesExpression(value) || Node.isParenthesizedExpression(value)) {
    return toObject(value.getExpression())
  }
  if (Node.isCallExpression(value)) return toObject(value.getArguments()[0])
  if (!Node.isIdentifier(value)) return undefined
  const constant = value.getSourceFile().getVariableDeclaration(value.getText())
  return toObject(constant?.getInitializer())
}

/** How an object literal is written. */
interface Layout {
  /** Before a property, its line break included; nothing for an object on one line. */
  readonly indent: string | undefined
  /** What one level is indented by. */
  readonly unit: string
}

function printAllow(lines: readonly string[], { indent, unit }: Layout): string {
  if (indent === undefined) return `allow: [${printEntry(lines, { indent, unit })}]`
  const inside = { indent: indent + unit, unit }
  return `allow: [${inside.indent}${printEntry(lines, inside)},${indent}]`
}

function printEntry(lines: readonly string[], { indent, unit }: Layout): string {
  if (indent === undefined) return `{ ${lines.join(', ')} }`
  return `{${lines.map((line) => `${indent}${unit}${line},`).join('')}${indent}}`
}

type ListExpression = ObjectLiteralExpression | ArrayLiteralExpression

/** Adds a property or an element behind the last, as the others are written: on a line of its own, or on the same. */
function append(list: ListExpression, print: (layout: Layout) => string): string {
  const text = list.getSourceFile().getFullText()
  const last = (Node.isArrayLiteralExpression(list) ? list.getElements() : list.getProperties()).at(-1)
  const layout = layoutOf(list, last)
  const property = print(layout)
  if (last === undefined) {
    const at = list.getStart() + 1
    const rest = text.slice(at)
    if (Node.isArrayLiteralExpression(list)) return text.slice(0, at) + property + rest
    return `${text.slice(0, at)} ${property}${/^\s/.test(rest) ? '' : ' '}${rest}`
  }
  const comma = last.getNextSiblingIfKind(SyntaxKind.CommaToken)
  const end = (comma ?? last).getEnd()
  if (layout.indent === undefined) {
    return `${text.slice(0, end)}${comma === undefined ? ',' : ''} ${property}${comma === undefined ? '' : ','}${text.slice(end)}`
  }
  // A comment behind the last property on its line stays with it.
  const behind = ts.getTrailingCommentRanges(text, end)?.at(-1)?.end ?? end
  const comment = text.slice(end, behind)
  return `${text.slice(0, end)}${comma === undefined ? ',' : ''}${comment}${layout.indent}${property},${text.slice(behind)}`
}

function layoutOf(list: ListExpression, last: Node | undefined): Layout {
  const text = list.getSourceFile().getFullText()
  const lineIndent = (at: number): string => /(?:^|\n)([ \t]*)[^\n]*$/.exec(text.slice(0, at))?.[1] ?? ''
  const indent = last === undefined ? undefined : /\r?\n[ \t]*$/.exec(text.slice(0, last.getStart()))?.[0]
  const own = indent?.replace(/^\r?\n/, '') ?? ''
  const outer = lineIndent(list.getEnd() - 1)
  const unit = own.startsWith(outer) && own !== outer ? own.slice(outer.length) : '  '
  return { indent, unit }
}

/** Prints a text as the file writes its texts: in single quotes or in double, in the other where that needs no escape. */
function literalPrinter(source: SourceFile): (text: string) => string {
  const first = source.getFirstDescendantByKind(SyntaxKind.StringLiteral)?.getText() ?? "'"
  return (text) => {
    const isDouble = first.startsWith('"') || text.includes("'")
    return isDouble ? JSON.stringify(text) : `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"')}'`
  }
}
