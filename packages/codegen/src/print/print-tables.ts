import { hasOwnData } from '../model/command-types.ts'
import { describeAs } from '../model/docs.ts'
import type { CommandModel, ErrorModel, PushModel } from '../model/model.ts'
import { propertyKey, quote } from '../names.ts'
import { type Doc, layOut } from './layout.ts'
import { printComment } from './print-comment.ts'
import { printInterface } from './print-declaration.ts'
import { printChoice, printGeneric, printType } from './print-type.ts'

/** Prints the type of what a command may reject with. */
export function printErrorType({ cmd, errors, errorType }: CommandModel): Doc {
  const own = errors.map((error) => printGeneric('CommandError', [quote(error.name), errorDataType(error)]))
  const comment = printComment(describeAs(`What \`${cmd}\` may reject with.`))
  const head = `export type ${errorType} =`
  if (own.length === 0) return [comment, head, ' CommandError<FrameworkCode>']
  return [comment, head, printChoice([...own, 'CommandError<FrameworkCode>'])]
}

/** The type of an error's data, as other types refer to it. */
export function errorDataType(error: ErrorModel): string {
  const { typeName, shape, isShared } = error.data
  if (hasOwnData(error) || isShared) return typeName
  return layOut(printType(shape))
}

/** Prints the interface that maps each push to the type of its data. */
export function printPushTable(pushes: readonly PushModel[]): Doc {
  const members = pushes.map(({ cmd, docs, data }) => [printComment(docs), `${propertyKey(cmd)}: ${data.typeName}`])
  return [printComment(describeAs('Data of every push by its name.')), printInterface('Pushes', members)]
}

/** Prints the interface that maps each command to what it may reject with. */
export function printErrorTable(commands: readonly CommandModel[]): Doc {
  const members = commands.map(({ cmd, errorType }) => `${propertyKey(cmd)}: ${errorType}`)
  return [printComment(describeAs('What each command may reject with.')), printInterface('CommandErrors', members)]
}
