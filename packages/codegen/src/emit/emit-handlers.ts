import { STATUS } from '@wsrv/protocol'
import { describeAs } from '../model/docs.ts'
import type { CommandModel } from '../model/model.ts'
import { handlerFile, handlerName, type ImportExtension, quote } from '../names.ts'
import { type Doc, hardLine, indent, join, layOut, WIDTH } from '../print/layout.ts'
import { printComment } from '../print/print-comment.ts'
import { printBlock, printImport } from '../print/print-declaration.ts'
import { printRecord } from '../print/print-value.ts'
import type { Emitter } from './emitter.ts'
import type { GeneratedFile, HandlerEntry, ListedHandler } from './generated-file.ts'

/** Emits one handler stub per command, the index that lists them, and the types that are the user's own: the session's values, and what handlers work with. */
export function handlersEmitter(folder: string, style: HandlerStyle): Emitter {
  return {
    name: 'handlers',
    emit: ({ commands }) => [
      ...commands.map((command): GeneratedFile => {
        return { kind: 'stub', path: `${folder}/${command.handler.file}.ts`, text: printStub(command, style) }
      }),
      indexFile(folder, style, commands),
      { kind: 'stub', path: `${folder}/session.ts`, text: SESSION },
      { kind: 'stub', path: `${folder}/context.ts`, text: CONTEXT },
    ],
  }
}

/** Style of generated handlers. */
export interface HandlerStyle {
  /** The generated server, as a handler imports it: `../generated/server.ts`. */
  readonly serverModule: string
  /** Whether each export has a type annotation, as TypeScript's `isolatedDeclarations` requires. */
  readonly isTyped: boolean
  /** Extension with which the index imports a handler's file: appended to `./register`. */
  readonly extension: ImportExtension
}

function printStub({ cmd, docs, handler, item }: CommandModel, { serverModule, isTyped }: HandlerStyle): string {
  const type = isTyped ? `: Handler<${quote(cmd)}>` : ''
  const head = `export const ${handler.name}${type} = defineHandler(`
  const name = `${quote(cmd)},`
  const opening = item === undefined ? '(c) => ' : 'async function* (c) '
  const handle = [opening, printBlock([NOT_WRITTEN_YET])]
  const isLong = `${head}${name} ${opening}{`.length > WIDTH
  const args = isLong ? [indent([hardLine, name, hardLine, handle, ',']), hardLine] : [name, ' ', handle]
  const names = isTyped ? ['defineHandler', 'type Handler'] : ['defineHandler']
  return printModule([printImport(names, serverModule)], [printComment(docs), head, args, ')'])
}

/** Until the handler is written, its stub answers as if the command did not exist. PROTOCOL.md §Statuses. */
const NOT_WRITTEN_YET = `return c.abort(${STATUS.not_implemented}, 'not implement')`

function indexFile(folder: string, style: HandlerStyle, commands: readonly CommandModel[]): GeneratedFile {
  const { serverModule, extension } = style
  const toEntry = (cmd: string, { name, file }: CommandModel['handler']): HandlerEntry => {
    return { cmd, name, file: `${file}.ts`, from: `./${file}${extension}` }
  }
  const entries = commands.map(({ cmd, handler, formerCmds }): ListedHandler => {
    const former = formerCmds.map((old) => toEntry(old, { name: handlerName(old), file: handlerFile(old) }))
    return { ...toEntry(cmd, handler), ...(former.length > 0 && { former }) }
  })
  const sorted = [...entries].sort((one, other) => (one.file < other.file ? -1 : 1))
  const imports = [
    printImport(['type Handlers'], serverModule),
    ...sorted.map(({ name, from }) => printImport([name], from)),
  ]
  const list = printRecord(
    entries.map(({ cmd, name }) => [cmd, name]),
    true,
  )
  const declaration = [printComment(describeAs(INDEX_COMMENT)), 'export const handlers: Handlers = ', list]
  return { kind: 'handler-index', path: `${folder}/index.ts`, text: printModule(imports, declaration), entries }
}

const INDEX_COMMENT = 'The handler of every command. `wsrv codegen` adds a line for each new one; the rest is yours.'

const SESSION = `/**
 * What a session remembers between calls: \`c.set('uid', 7)\`, \`c.get('uid')\`. Yours: write it as an interface,
 * \`export interface SessionValues { uid: number }\`.
 */
export type SessionValues = Record<never, never>
`

const CONTEXT = `/**
 * What handlers work with, a database for one: \`createServer({ handlers, context: { db } })\`, \`c.context.db\`. Yours: write it
 * as an interface, \`export interface AppContext { readonly db: Database }\`.
 */
export type AppContext = Record<never, never>
`

function printModule(imports: readonly Doc[], declaration: Doc): string {
  return `${layOut([join(hardLine, imports), hardLine, hardLine, declaration])}\n`
}
