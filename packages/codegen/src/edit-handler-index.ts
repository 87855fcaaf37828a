import { Node, type ObjectLiteralExpression, Project, type SourceFile, ts } from 'ts-morph'
import type { HandlerEntry, HandlerIndexFile } from './generated-file.ts'
import { propertyKey } from './names.ts'
import type { EditedIndex } from './plan-writes.ts'

/** Adds an import and a line for each handler that a handler index lacks; every other byte stays as it is. */
export async function editHandlerIndex(text: string, { path, entries }: HandlerIndexFile): Promise<EditedIndex> {
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true })
  const source = project.createSourceFile('index.ts', text)
  const list = findHandlers(source)
  if (list === undefined) {
    const missing = entries.map(({ cmd }) => cmd).join(', ')
    const message = `it has no object \`handlers\` to add lines to. Expected handlers of ${missing}.`
    return { text, warnings: [{ file: path, message }] }
  }
  const spreads = list.getProperties().filter((property) => Node.isSpreadAssignment(property))
  if (spreads.length > 0) return { text, warnings: [] }
  const present = new Set(list.getProperties().map(keyOf))
  const missing = entries.filter(({ cmd }) => !present.has(cmd))
  const edits = missing.flatMap((entry) => [...importEdit(source, entry), lineEdit(list, entry)])
  return { text: applyEdits(text, edits), warnings: [] }
}

interface Edit {
  readonly at: number
  readonly text: string
}

function findHandlers(source: SourceFile): ObjectLiteralExpression | undefined {
  const value = source.getVariableDeclaration('handlers')?.getInitializer()
  const inner = Node.isSatisfiesExpression(value) || Node.isAsExpression(value) ? value.getExpression() : value
  return Node.isObjectLiteralExpression(inner) ? inner : undefined
}

function keyOf(property: Node): string {
  if (Node.isSpreadAssignment(property) || !Node.hasName(property)) return ''
  const name = property.getNameNode()
  return Node.isStringLiteral(name) ? name.getLiteralValue() : name.getText()
}

/** After the last import, in the order of the commands; nothing when the name is imported already. */
function importEdit(source: SourceFile, { name, from }: HandlerEntry): readonly Edit[] {
  const imports = source.getImportDeclarations()
  if (imports.some((one) => one.getNamedImports().some((named) => named.getText() === name))) return []
  const next = imports.find((one) => isSibling(one.getModuleSpecifierValue()) && one.getModuleSpecifierValue() > from)
  const line = `import { ${name} } from '${from}'`
  if (next !== undefined) return [{ at: next.getStart(), text: `${line}\n` }]
  const last = imports.at(-1)
  return [last === undefined ? { at: 0, text: `${line}\n` } : { at: last.getEnd(), text: `\n${line}` }]
}

function isSibling(specifier: string): boolean {
  return specifier.startsWith('./')
}

/** Before the first property of a later command, else at the end. */
function lineEdit(list: ObjectLiteralExpression, { cmd, name }: HandlerEntry): Edit {
  const key = propertyKey(cmd)
  const property = key === name ? name : `${key}: ${name}`
  const next = list.getProperties().find((one) => keyOf(one) > cmd)
  if (next !== undefined) return { at: startOf(next), text: `${property},\n  ` }
  const last = list.getProperties().at(-1)
  if (last === undefined) return { at: list.getStart() + 1, text: `\n  ${property},\n` }
  const comma = last.getNextSiblingIfKind(ts.SyntaxKind.CommaToken)
  if (comma === undefined) return { at: last.getEnd(), text: `,\n  ${property},` }
  return { at: comma.getEnd(), text: `\n  ${property},` }
}

/** Where a property begins, the comments above it included. */
function startOf(property: Node): number {
  return property.getLeadingCommentRanges()[0]?.getPos() ?? property.getStart()
}

/** Applies edits from the end, so that positions stay true; edits at one place keep their order. */
function applyEdits(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .map((edit, order) => ({ ...edit, order }))
    .sort((one, other) => other.at - one.at || other.order - one.order)
    .reduce((result, edit) => result.slice(0, edit.at) + edit.text + result.slice(edit.at), text)
}
