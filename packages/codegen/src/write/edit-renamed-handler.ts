import { type ImportDeclaration, Node, Project, type SourceFile, SyntaxKind, ts } from 'ts-morph'
import type { Diagnostic } from '../diagnostic.ts'
import type { HandlerEntry } from '../emit/generated-file.ts'
import { propertyKey, quoteAs } from '../names.ts'
import { applyEdits, type Edit, overlaps } from './apply-edits.ts'
import { findHandlers, insertImport, keyOf } from './edit-handler-index.ts'
import type { HandlerRenaming, RenamedHandler } from './handler-editor.ts'
import { handlerPath } from './handler-path.ts'

/**
 * Renames a handler: its file, its export with all that refers to it, the command that it passes to `defineHandler`, and its
 * line in the index. Every other byte stays as it is.
 *
 * An edit that would overlap an earlier one is left out: what a line of the index says as a whole is said already.
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

/** `defineHandler('old', …)`, `Handler<'old'>` and `Context<'old'>`, in the quotes that they have. */
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

/** Whatever imports the file, by its new name; an import of nothing but the handler moves to where it belongs in order. */
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

/** The last word of a path, and its extension. */
const LAST_STEM = /(^|\/)[^/]+?(\.[cm]?[jt]sx?)?$/

function stemOf({ file }: HandlerEntry): string {
  return file.replace(/^.*\/|\.ts$/g, '')
}

/** An import on a line of its own is written again; nothing when it is anything more. */
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

/** What renaming an export takes. */
interface RenamedExport {
  readonly edits: readonly PlacedEdit[]
  /** What it is called now: the new name, unless that was not to be had. */
  readonly name: string
  readonly warnings: readonly PlacedWarning[]
}

/** A warning about one of the files that are edited. */
interface PlacedWarning extends Omit<Diagnostic, 'file'> {
  readonly source: SourceFile
}

/**
 * Renames an export with everything that refers to it, in its own file and in those that import it; what only has the same
 * name stays. It keeps its name when it is exported in another way, or when the new name is taken in one of the files.
 */
function renameExport(source: SourceFile, before: string, after: string): RenamedExport {
  const unchanged = { edits: [], name: before, warnings: [] }
  const declaration = source.getVariableDeclaration(before) ?? source.getFunction(before)
  const name = declaration?.getNameNode()
  if (before === after || !Node.isIdentifier(name) || !source.getExportedDeclarations().has(before)) return unchanged
  const found = name.findReferencesAsNodes().filter((node) => node.getText() === before)
  // ts-morph returns the same object for a node each time, so that a declaration among its own references counts once.
  const references = [...new Set<Node>([name, ...found])]
  const files = new Set(references.map((node) => node.getSourceFile()))
  const identifiers = [...files].flatMap((file) => file.getDescendantsOfKind(SyntaxKind.Identifier))
  const taken = identifiers.find((node) => node.getText() === after && !isOnlyProperty(node))
  if (taken === undefined) {
    const edits = references.map((node) => renameReference(node, source, before, after))
    return { edits, name: after, warnings: [] }
  }
  const { line, column } = taken.getSourceFile().getLineAndColumnAtPos(taken.getStart())
  const message = `the handler was renamed and would be "${after}", which is taken here: it keeps the name "${before}".`
  return { ...unchanged, warnings: [{ source: taken.getSourceFile(), line, column, message }] }
}

/** A property's name binds nothing. */
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

/** A reference by its new name; where the old one is also a name that others see, it stays that. */
function renameReference(node: Node, origin: SourceFile, before: string, after: string): PlacedEdit {
  const parent = node.getParent()
  if (Node.isShorthandPropertyAssignment(parent)) return replaceNode(node, `${before}: ${after}`)
  const isForeign = node.getSourceFile() !== origin
  if (Node.isExportSpecifier(parent) && isForeign && parent.getAliasNode() === undefined) {
    return replaceNode(node, `${after} as ${before}`)
  }
  return replaceNode(node, after)
}

/** What renaming a line of the handler index takes. */
interface RenamedLine {
  readonly edits: readonly PlacedEdit[]
  readonly warnings: readonly PlacedWarning[]
}

/** Puts the command's new name into a line of the handler index; what it says of the handler besides stays. */
function renameLine(index: SourceFile | undefined, before: HandlerEntry, after: HandlerEntry): RenamedLine {
  if (index === undefined) return { edits: [], warnings: [] }
  const properties = findHandlers(index)?.getProperties() ?? []
  if (properties.some((one) => keyOf(one) === after.cmd)) return { edits: [], warnings: [] }
  const property = properties.find((one) => keyOf(one) === before.cmd)
  if (property === undefined || Node.isSpreadAssignment(property)) {
    const message = `it has no line for "${before.cmd}", which is "${after.cmd}" now. Rename it where it is listed.`
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

/** Writes something else in a node's place; comments before it stay. */
function replaceNode(node: Node, text: string): PlacedEdit {
  return { source: node.getSourceFile(), from: node.getStart(), to: node.getEnd(), text }
}
