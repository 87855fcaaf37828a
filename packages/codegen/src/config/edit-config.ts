import { Node, type ObjectLiteralExpression, Project, type SourceFile, SyntaxKind, ts } from 'ts-morph'

/** A change to let pass. */
export interface AllowedChange {
  /** Of the contract, where the config holds several. */
  readonly contract: string | undefined
  readonly id: string
  readonly reason: string
}

/**
 * Writes changes to let pass into the text of a config, every other byte as it was.
 *
 * @returns nothing where `allow` is not an object literal in the file itself.
 */
export function allowInConfig(text: string, changes: readonly AllowedChange[]): string | undefined {
  let edited: string | undefined = text
  for (const change of changes) edited = edited === undefined ? undefined : allowOne(edited, change)
  return edited
}

function allowOne(text: string, { contract, id, reason }: AllowedChange): string | undefined {
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true })
  const source = project.createSourceFile('config.ts', text)
  const config = findContract(source, contract)
  if (config === undefined) return undefined
  const write = literalPrinter(source)
  const entry = `${write(id)}: ${write(reason)}`
  const property = config.getProperty('allow')
  if (property === undefined) {
    const hasSpread = config.getProperties().some((one) => Node.isSpreadAssignment(one))
    return hasSpread ? undefined : append(config, (layout) => printAllow(entry, layout))
  }
  const allow = Node.isPropertyAssignment(property) ? toObject(property.getInitializer()) : undefined
  if (allow === undefined) return undefined
  const before = allow.getProperties().find((one) => Node.isPropertyAssignment(one) && keyOf(one) === id)
  if (before === undefined) return append(allow, () => entry)
  return text.slice(0, before.getStart()) + entry + text.slice(before.getEnd())
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

function printAllow(entry: string, { indent, unit }: Layout): string {
  return indent === undefined ? `allow: { ${entry} }` : `allow: {${indent}${unit}${entry},${indent}}`
}

/** Adds a property behind the last, as the object is written: on a line of its own, or on the same. */
function append(object: ObjectLiteralExpression, print: (layout: Layout) => string): string {
  const text = object.getSourceFile().getFullText()
  const last = object.getProperties().at(-1)
  const layout = layoutOf(object, last)
  const property = print(layout)
  if (last === undefined) {
    const at = object.getStart() + 1
    const rest = text.slice(at)
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

function layoutOf(object: ObjectLiteralExpression, last: Node | undefined): Layout {
  const text = object.getSourceFile().getFullText()
  const lineIndent = (at: number): string => /(?:^|\n)([ \t]*)[^\n]*$/.exec(text.slice(0, at))?.[1] ?? ''
  const indent = last === undefined ? undefined : /\r?\n[ \t]*$/.exec(text.slice(0, last.getStart()))?.[0]
  const own = indent?.replace(/^\r?\n/, '') ?? ''
  const outer = lineIndent(object.getEnd() - 1)
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
