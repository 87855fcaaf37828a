import { hasOwnData } from './command-types.ts'
import { describeAs } from './docs.ts'
import type { Doc } from './layout.ts'
import type { CommandModel, ErrorModel, MessageModel, PushModel } from './model.ts'
import { propertyKey, quote } from './names.ts'
import { printComment } from './print-comment.ts'
import { printInterface } from './print-declaration.ts'
import { printAliased, printType } from './print-type.ts'
import type { Shape } from './shape.ts'

/** Prints the type of what a command may reject with. */
export function printErrorType({ cmd, errors, errorType }: CommandModel): Doc {
  const types = errors.map((error) => `CommandError<${quote(error.name)}, ${errorDataType(error)}>`)
  const members = [...types, 'CommandError<FrameworkCode>'].map((name) => ({ shape: named(name), docs: { tags: [] } }))
  const [only, ...others] = members
  const shape: Shape = only && others.length === 0 ? only.shape : { kind: 'union', members }
  return [
    printComment(describeAs(`What \`${cmd}\` may reject with.`)),
    `export type ${errorType} =`,
    printAliased(shape),
  ]
}

/** The type of an error's data as other types name it. */
export function errorDataType(error: ErrorModel): string {
  const { typeName, shape, isShared } = error.data
  if (hasOwnData(error) || isShared) return typeName
  return shape.kind === 'reference' ? shape.typeName : String(printType(shape))
}

/** Prints the interface that has the data of every push by its name. */
export function printPushTable(pushes: readonly PushModel[]): Doc {
  const members = pushes.map(({ cmd, docs, data }) => [printComment(docs), `${propertyKey(cmd)}: ${pushType(data)}`])
  return [printComment(describeAs('Data of every push by its name.')), printInterface('Pushes', members)]
}

/** Prints the interface that has what each command may reject with. */
export function printErrorTable(commands: readonly CommandModel[]): Doc {
  const members = commands.map(({ cmd, errorType }) => `${propertyKey(cmd)}: ${errorType}`)
  return [printComment(describeAs('What each command may reject with.')), printInterface('CommandErrors', members)]
}

function pushType({ typeName }: MessageModel): string {
  return typeName
}

function named(typeName: string): Shape {
  return { kind: 'reference', typeName }
}
