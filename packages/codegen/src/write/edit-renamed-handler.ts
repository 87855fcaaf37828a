import { type ImportDeclaration, Node, Project, type SourceFile, SyntaxKind, ts } from 'ts-morph'
import type { Diagnostic } from '../diagnostic.ts'
import type { HandlerEntry } from '../emit/generated-file.ts'
import { propertyKey, quoteAs } from '../names.ts'
import { applyEdits, type Edit, overlaps } from './apply-edits.ts'
import { findHandlers, insertImport, keyOf } from './edit-handler-index.ts'
import type { HandlerRenaming, RenamedHandler } from './handler-editor.ts'
import { handlerPath } from './module-path.ts'

/**
 * Renames a handler: its file, its export with all references, the command that it passes to `defineHandler`, and its
 * line in the index. Every other byte stays as it is.
 *
 * An edit that overlaps an earlier one is dropped: the earlier one has replaced the whole line of the index.
 */
export async function editRenamedHandler(renaming: HandlerRenaming): Promise<RenamedHandler> {
  const { folder, before, after, texts } = renaming
  const compilerOptions = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler }
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true, compilerOptions })
  const sources = new Map<string, SourceFile>()
  for (const [path, text] of texts) sources.set(path, project.createSourceFile(path.slice(folder.length), text))
  const handler = sources.get(handlerPath(folder, before))
  if (handler === undefined) throw new Error(`the handler of ${before.cmd} is not among the files`)
  const names = renameExport(handler, before.name, after.name)
  const target = { ...after, name: names.name }
  const line = renameLine(sources.get(`${folder}/index.ts`), before, target)
  const imports = renameImports(handler, before, target)
  const literals = renameLiterals(handler, before.cmd, after.cmd)
  const edits = withoutOverlaps([...line.edits, ...imports, ...names.edits, ...literals])
  const newPath = (path: string): string => (sources.get(path) === handler ? handlerPath(folder, after) : path)
  const edited = [...sources].map(([path, source]) => {
    const own = edits.filter((edit) => edit.source === source)
    return [newPath(path), applyEdits(texts.get(path) ?? '', own)] as const
  })
  const warnings = [...names.warnings, ...line.warnings].flatMap(({ source: about, ...warning }) =>
    [...sources].filter(([, source]) => source === about).map(([path]) => ({ ...warning, file: newPath(path) })),
  )
  return { texts: new Map(edited), warnings }
}

function withoutOverlaps(edits: readonly PlacedEdit[]): readonly PlacedEdit[] {
  const kept: PlacedEdit[] = []
  for (const edit of edits) {
    if (!kept.some((one) => one.source === edit.source && overlaps(one, edit))) kept.push(edit)
  }
  return kept
}

/** `defineHandler('old', …)`, `Handler<'old'>` and `Context<'old'>`, with their own quotes kept. */
function renameLiterals(handler: SourceFile, before: string, after: string): readonly PlacedEdit[] {
  const calls = handler.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call) => {
    return call.getExpression().getText() === 'defineHandler' ? call.getArguments().slice(0, 1) : []
  })
  const types = handler.getDescendantsOfKind(SyntaxKind.TypeReference).flatMap((type) => {
    if (!/^(Handler|Context)$/.test(type.getTypeName().getText())) return []
    return type.getTypeArguments().map((one) => (Node.isLiteralTypeNode(one) ? one.getLiteral() : one))
  })
  return [...calls, ...types].flatMap((literal) => {
    if (!Node.isStringLiteral(literal) || literal.getLiteralValue() !== before) return []
    return [replaceNode(literal, quoteAs(after, literal.getText()))]
  })
}

/** Updates imports of the file; an import of the handler alone also moves to its sorted position. */
function renameImports(handler: SourceFile, before: HandlerEntry, after: HandlerEntry): readonly PlacedEdit[] {
  if (before.file === after.file) return []
  return handler.getReferencingLiteralsInOtherSourceFiles().flatMap((literal) => {
    const path = literal.getLiteralText().replace(LAST_STEM, `$1${stemOf(after)}$2`)
    const edit = replaceNode(literal, quoteAs(path, literal.getText()))
    const declaration = literal.getParent()
    const moved = Node.isImportDeclaration(declaration) ? moveImport(declaration, before, after) : []
    return moved.length > 0 ? moved : [edit]
  })
}

/** The last segment of a path, and its extension. */
const LAST_STEM = /(^|\/)[^/]+?(\.[cm]?[jt]sx?)?$/

function stemOf({ file }: HandlerEntry): string {
  return file.replace(/^.*\/|\.ts$/g, '')
}

/** Rewrites an import of the handler alone on its own line; no edits for any other import. */
function moveImport(declaration: ImportDeclaration, before: HandlerEntry, after: HandlerEntry): readonly PlacedEdit[] {
  const source = declaration.getSourceFile()
  const text = source.getFullText()
  const lineEnd = text[declaration.getEnd()]
  if (declaration.getText() !== `import { ${before.name} } from '${before.from}'` || lineEnd !== '\n') return []
  const others = source.getImportDeclarations().filter((one) => one !== declaration)
  if (others.length === 0 || declaration.getLeadingCommentRanges().length > 0) return []
  const removal = { source, from: declaration.getStart(), to: declaration.getEnd() + 1, text: '' }
  return [removal, { source, ...insertImport(others, after) }]
}

/** Result of renaming an export. */
interface RenamedExport {
  readonly edits: readonly PlacedEdit[]
  /** Its name now: the new one, unless that was taken. */
  readonly name: string
  readonly warnings: readonly PlacedWarning[]
}

/** A warning about one of the files that are edited. */
interface PlacedWarning extends Omit<Diagnostic, 'file'> {
  readonly source: SourceFile
}

/**
 * Renames an export with everything that refers to it, in its own file and in those that import it; other
 * identifiers of the same name stay. It keeps its name if it is not an exported constant, or if the new name is taken.
 */
function renameExport(source: SourceFile, before: string, after: string): RenamedExport {
  const unchanged = { edits: [], name: before, warnings: [] }
  const declaration = source.getVariableDeclaration(before) ?? source.getFunction(before)
  const name = declaration?.getNameNode()
  if (before === after || !Node.isIdentifier(name) || !source.getExportedDeclarations().has(before)) return unchanged
  const found = name.findReferencesAsNodes().filter((node) => node.getText() === before)
  // ts-morph returns the same object for a node each time, so a declaration among its own references counts once.
  const references = [...new Set<Node>([name, ...found])]
  const files = new Set(references.map((node) => node.getSourceFile()))
  const identifiers = [...files].flatMap((file) => file.getDescendantsOfKind(SyntaxKind.Identifier))
  const taken = identifiers.find((node) => node.getText() === after && !isOnlyProperty(node))
  if (taken === undefined) {
    const edits = references.map((node) => renameReference(node, source, before, after))
    return { edits, name: after, warnings: [] }
  }
  const { line, column } = taken.getSourceFile().getLineAndColumnAtPos(taken.getStart())
  const message = `the renamed handler keeps its name "${before}", because "${after}" is already used in this file.`
  return { ...unchanged, warnings: [{ source: taken.getSourceFile(), line, column, message }] }
}

/** A property's name does not bind an identifier. */
function isOnlyProperty(node: Node): boolean {
  const parent = node.getParent()
  if (
    Node.isPropertyAccessExpression(parent) ||
    Node.isPropertyAssignment(parent) ||
    Node.isPropertySignature(parent)
  ) {
    return parent.getNameNode() === node
  }
  return false
}

/** Renames a reference; where the old name is also visible outside, as a property or an export, that stays. */
function renameReference(node: Node, origin: SourceFile, before: string, after: string): PlacedEdit {
  const parent = node.getParent()
  if (Node.isShorthandPropertyAssignment(parent)) return replaceNode(node, `${before}: ${after}`)
  const isForeign = node.getSourceFile() !== origin
  if (Node.isExportSpecifier(parent) && isForeign && parent.getAliasNode() === undefined) {
    return replaceNode(node, `${after} as ${before}`)
  }
  return replaceNode(node, after)
}

/** Result of renaming a line of the handler index. */
interface RenamedLine {
  readonly edits: readonly PlacedEdit[]
  readonly warnings: readonly PlacedWarning[]
}

/** Puts the command's new name into a line of the handler index; the rest of the line stays. */
function renameLine(index: SourceFile | undefined, before: HandlerEntry, after: HandlerEntry): RenamedLine {
  if (index === undefined) return { edits: [], warnings: [] }
  const properties = findHandlers(index)?.getProperties() ?? []
  if (properties.some((one) => keyOf(one) === after.cmd)) return { edits: [], warnings: [] }
  const property = properties.find((one) => keyOf(one) === before.cmd)
  if (property === undefined || Node.isSpreadAssignment(property)) {
    const message = `it has no line for "${before.cmd}", which is now "${after.cmd}". Rename it where it is listed.`
    return { edits: [], warnings: [{ source: index, message }] }
  }
  const key = propertyKey(after.cmd)
  const value = Node.isPropertyAssignment(property) ? property.getInitializer()?.getText() : undefined
  const handler = Node.isShorthandPropertyAssignment(property) ? before.name : value
  if (handler !== before.name) return { edits: [replaceNode(property.getNameNode(), key)], warnings: [] }
  return { edits: [replaceNode(property, key === after.name ? key : `${key}: ${after.name}`)], warnings: [] }
}

/** An edit of one of several files. */
interface PlacedEdit extends Edit {
  readonly source: SourceFile
}

/** Replaces a node; comments before it stay. */
function replaceNode(node: Node, text: string): PlacedEdit {
  return { source: node.getSourceFile(), from: node.getStart(), to: node.getEnd(), text }
}
