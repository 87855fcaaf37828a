import type { Memo } from '../memo.ts'
import { declareCommand, declarePresence, declarePush } from '../model/command-types.ts'
import { describeAs } from '../model/docs.ts'
import type { CommandModel, Model } from '../model/model.ts'
import { propertyKey } from '../names.ts'
import { type Doc, group, indent, join, line, whenBroken } from '../print/layout.ts'
import { printComment } from '../print/print-comment.ts'
import { printBlock, printImport, printInterface, printTypeDeclaration } from '../print/print-declaration.ts'
import { printFile } from '../print/print-file.ts'
import { errorDataType, printPushTable } from '../print/print-tables.ts'
import type { Emitter } from './emitter.ts'

/** Import specifiers in a generated server. */
export interface ServerImports {
  /** The contract as data: `./contract.ts`. */
  readonly contract: string
  /** The types that are the user's own; absent when the config has no handlers. */
  readonly values?: ValueImports
}

/** Import specifiers of the user's own types. */
export interface ValueImports {
  /** The session's values: `../handlers/session.ts`. */
  readonly session: string
  /** What handlers work with: `../handlers/context.ts`. */
  readonly context: string
}

/** Emits the server side: self-contained interfaces, and the server runtime's types bound to the contract. */
export function serverEmitter(path: string, imports: ServerImports, memo: Memo): Emitter {
  return {
    name: 'server',
    emit: (model) => [
      {
        kind: 'printed',
        path,
        text: printFile(model, printImports(imports), printServer(model, { ...imports, memo })),
      },
    ],
  }
}

function printServer(
  { commands, pushes, presence, serverTypes }: Model,
  { values, memo }: ServerImports & { memo: Memo },
): readonly Doc[] {
  const types = commands.flatMap((command) => declareCommand(command, 'server'))
  return [
    ...[...serverTypes, ...types, ...pushes.flatMap(declarePush), ...declarePresence(presence)].map((one) =>
      printTypeDeclaration(one, memo),
    ),
    printPushTable(pushes),
    printApi(commands, [
      `session: ${values === undefined ? 'Record<never, never>' : 'SessionValues'}`,
      `context: ${values === undefined ? 'Record<never, never>' : 'AppContext'}`,
      ...(presence === undefined ? [] : [`presence: ${presence.typeName}`]),
    ]),
    ...ALIASES.map(([description, alias]) => [printComment(describeAs(description)), `export type ${alias}`]),
    ...printFunctions(),
  ]
}

function printImports({ contract, values }: ServerImports): readonly Doc[] {
  return [
    printImport(
      [
        'type CommandHandler',
        'type Context as BaseContext',
        'type Middleware as BaseMiddleware',
        'type Server as BaseServer',
        'type Session as BaseSession',
        'createServer as createBaseServer',
        'type HandlersOf',
        'type ServerArguments',
      ],
      '@wsrv/server',
    ),
    ...(values === undefined
      ? []
      : [printImport(['type AppContext'], values.context), printImport(['type SessionValues'], values.session)]),
    printImport(['contract'], contract),
  ]
}

function printApi(commands: readonly CommandModel[], others: readonly string[]): Doc {
  const members = [
    commands.length === 0 ? 'commands: Record<never, never>' : ['commands: ', printBlock(commands.map(printTypes))],
    'pushes: Pushes',
    ...others,
  ]
  return [
    printComment(describeAs("The contract's types, as the server runtime reads them.")),
    printInterface('Api', members),
  ]
}

function printTypes({ cmd, request, response, item, errors }: CommandModel): Doc {
  const data = errors.map((error) => `${propertyKey(error.name)}: ${errorDataType(error)}`)
  const errorTypes = data.length === 0 ? 'Record<never, never>' : printInline(data)
  const stream = item === undefined ? [] : [`stream: ${item.typeName}`]
  const types = [`request: ${request.typeName}`, ...stream, `response: ${response.typeName}`, ['errors: ', errorTypes]]
  return [`${propertyKey(cmd)}: `, printInline(types)]
}

/** An object type, on one line if it fits. */
function printInline(members: readonly Doc[]): Doc {
  return group(['{', indent([line, join([whenBroken('', ';'), line], members)]), line, '}'])
}

const ALIASES: readonly (readonly [description: string, alias: string])[] = [
  ['The name of a command.', "CommandName = keyof Api['commands']"],
  [
    'What a handler and middleware get: the request, its session, and how to answer.',
    'Context<Cmd extends CommandName = CommandName> = BaseContext<Api, Cmd>',
  ],
  ['A function that serves one command.', 'Handler<Cmd extends CommandName> = CommandHandler<Api, Cmd>'],
  ['A handler for every command: without one of them it does not compile.', 'Handlers = HandlersOf<Api>'],
  ['A function that runs around handlers.', 'Middleware = BaseMiddleware<Api>'],
  ['A server of this contract.', 'Server = BaseServer<Api>'],
  ['A connection, with its values and its pushes.', 'Session = BaseSession<Api>'],
]

function printFunctions(): readonly Doc[] {
  return [
    [
      printComment(describeAs('Types a handler by the name of its command; at run time it returns the handler.')),
      'export function defineHandler<Cmd extends CommandName>(_cmd: Cmd, handler: Handler<Cmd>): Handler<Cmd> ',
      printBlock(['return handler']),
    ],
    [
      printComment(describeAs('Makes a server of this contract.')),
      'export function createServer(...options: ServerArguments<Api>): Server ',
      printBlock(['return createBaseServer<Api>(contract, ...options)']),
    ],
  ]
}
