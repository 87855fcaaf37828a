import type { CommandModel, ParamModel } from '../model/model.ts'
import { propertyAccess, propertyKey } from '../names.ts'
import { type Doc, group, indent, join, line, softLine, whenBroken } from './layout.ts'
import { printType } from './print-type.ts'

/** Prints the type of a command's method: `(uid: number, options?: CallOptions) => Promise<RegisterResponse>`. */
export function printMethodType(command: CommandModel): Doc {
  return group([printArguments(command, '?'), ` => Promise<${command.response.typeName}>`])
}

/** Prints a command's method: an arrow function that hands the call to the runtime. */
export function printMethod(command: CommandModel): Doc {
  const { cmd, response } = command
  const call = [
    `client.call<${response.typeName}>(`,
    printList([propertyAccess('commands', cmd), printData(command), 'options']),
    ')',
  ]
  return group([printArguments(command, '='), ' =>', group(indent([line, group(call)]))])
}

/** @param optional how an optional request is written: as in a type (`?`), or with its default (`=`). */
function printArguments({ request }: CommandModel, optional: '?' | '='): Doc {
  const { typeName, isEmpty, isOptional, params, rest } = request
  const args: Doc[] = params.map(printParam)
  if (rest !== undefined) args.push(`rest${rest.isOptional ? '?' : ''}: ${rest.typeName}`)
  if (params.length === 0 && !isEmpty) {
    const written = isOptional && optional === '=' ? ` = {}` : ''
    args.push(`data${isOptional && optional === '?' ? '?' : ''}: ${typeName}${written}`)
  }
  return group(['(', printList([...args, 'options?: CallOptions']), ')'])
}

function printParam({ argument, shape, isOptional }: ParamModel): Doc {
  return [`${argument}${isOptional ? '?' : ''}: `, printType(shape)]
}

function printData({ request }: CommandModel): Doc {
  const { isEmpty, params, rest } = request
  if (isEmpty) return '{}'
  if (params.length === 0) return 'data'
  const properties = params.map(({ property, argument }) =>
    property === argument ? argument : `${propertyKey(property)}: ${argument}`,
  )
  const all = rest === undefined ? properties : [...properties, '...rest']
  return group(['{', indent([line, join([',', line], all), whenBroken(',')]), line, '}'])
}

function printList(items: readonly Doc[]): Doc {
  return [indent([softLine, join([',', line], items), whenBroken(',')]), softLine]
}
