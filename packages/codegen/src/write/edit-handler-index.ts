import {
  type ImportDeclaration,
  Node,
  type ObjectLiteralElementLike,
  type ObjectLiteralExpression,
  Project,
  type SourceFile,
  ts,
} from 'ts-morph'
import type { HandlerEntry, HandlerIndexFile } from '../emit/generated-file.ts'
import { propertyKey } from '../names.ts'
import { applyEdits, type Edit } from './apply-edits.ts'
import type { EditedIndex } from './handler-editor.ts'

/** Adds an import and a line for each handler missing in an index; every other byte stays as it is. */
export async function editHandlerIndex(text: string, { path, entries }: HandlerIndexFile): Promise<EditedIndex> {
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true })
  const source = project.createSourceFile('index.ts', text)
  const list = findHandlers(source)
  if (list === undefined) {
    const missing = entries.map(({ cmd }) => cmd).join(', ')
    const message = `it has no object \`handlers\` to add lines to. Expected handlers for ${missing}.`
    return { text, warnings: [{ file: path, message }] }
  }
  if (hasSpread(list)) return { text, warnings: [] }
  const present = new Set(list.getProperties().map(keyOf))
  const missing = entries.filter(({ cmd }) => !present.has(cmd))
  const edits = missing.flatMap((entry) => [...importEdit(source, entry), lineEdit(list, entry)])
  return { text: applyEdits(text, edits), warnings: [] }
}

/** Adds the import unless the name is imported already. */
function importEdit(source: SourceFile, entry: HandlerEntry): readonly Edit[] {
  const imports = source.getImportDeclarations()
  if (imports.some((one) => one.getNamedImports().some((named) => named.getText() === entry.name))) return []
  return [insertImport(imports, entry)]
}

/** Before the first property of a later command, else at the end; indented like its neighbor. */
function lineEdit(list: ObjectLiteralExpression, { cmd, name }: HandlerEntry): Edit {
  const key = propertyKey(cmd)
  const property = key === name ? name : `${key}: ${name}`
  const next = list.getProperties().find((one) => keyOf(one) > cmd)
  if (next !== undefined) return insert(startOf(next), `${property},\n${indentOf(next)}`)
  const last = list.getProperties().at(-1)
  if (last === undefined) return insert(list.getStart() + 1, `\n${STEP}${property},\n`)
  const comma = last.getNextSiblingIfKind(ts.SyntaxKind.CommaToken)
  if (comma === undefined) return insert(last.getEnd(), `,\n${indentOf(last)}${property},`)
  return insert(comma.getEnd(), `\n${indentOf(last)}${property},`)
}

/** Indentation of a property without a neighbor. */
const STEP = '  '

/** The white space before a property on its line; one step if other code precedes it. */
function indentOf(property: Node): string {
  const before = property.getSourceFile().getFullText().slice(0, startOf(property))
  return /\n([ \t]*)$/.exec(before)?.[1] ?? STEP
}

/** Offset of a property, comments above it included. */
function startOf(property: Node): number {
  return property.getLeadingCommentRanges()[0]?.getPos() ?? property.getStart()
}

/** The object `handlers` of a handler index; `undefined` if `handlers` is not an object literal. */
export function findHandlers(source: SourceFile): ObjectLiteralExpression | undefined {
  const value = source.getVariableDeclaration('handlers')?.getInitializer()
  const inner = Node.isSatisfiesExpression(value) || Node.isAsExpression(value) ? value.getExpression() : value
  return Node.isObjectLiteralExpression(inner) ? inner : undefined
}

/** Whether the object spreads others, so that its commands are unknown. */
function hasSpread(list: ObjectLiteralExpression): boolean {
  return list.getProperties().some((property) => Node.isSpreadAssignment(property))
}

/** The command of a line of `handlers`. */
export function keyOf(property: ObjectLiteralElementLike): string {
  if (Node.isSpreadAssignment(property)) return ''
  const name = property.getNameNode()
  return Node.isStringLiteral(name) ? name.getLiteralValue() : name.getText()
}

/**
 * Inserts the import of a handler among those of other handlers, in the order of the files.
 *
 * @param imports the index's other imports.
 */
export function insertImport(
  imports: readonly ImportDeclaration[],
  { name, from }: Pick<HandlerEntry, 'name' | 'from'>,
): Edit {
  const line = likeOthers(imports, `import { ${name} } from '${from}'`)
  const next = imports.find((one) => isSibling(one.getModuleSpecifierValue()) && one.getModuleSpecifierValue() > from)
  if (next !== undefined) return insert(next.getStart(), `${line}\n`)
  const last = imports.at(-1)
  return last === undefined ? insert(0, `${line}\n`) : insert(last.getEnd(), `\n${line}`)
}

/** An import with the quotes and the semicolon of the existing ones. */
function likeOthers(imports: readonly ImportDeclaration[], line: string): string {
  const model = imports.at(-1)?.getText() ?? ''
  const quoted = model.includes('"') ? line.replaceAll("'", '"') : line
  return model.endsWith(';') ? `${quoted};` : quoted
}

/** An insertion. */
function insert(at: number, text: string): Edit {
  return { from: at, to: at, text }
}

function isSibling(specifier: string): boolean {
  return specifier.startsWith('./')
}
