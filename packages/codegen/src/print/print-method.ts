import type { CommandModel, ParamModel } from '../model/model.ts'
import { keyword, toUnion } from '../model/simplify-shape.ts'
import { propertyKey } from '../names.ts'
import { type Doc, group, indent, join, line, softLine, whenBroken } from './layout.ts'
import { printType } from './print-type.ts'

/** Prints the type of a command's method: `(uid: number, options?: CallOptions) => Promise<RegisterResponse>`, or of a stream's. */
export function printMethodType(command: CommandModel): Doc {
  const { item, response } = command
  const result = item === undefined ? `Promise<${response.typeName}>` : `Stream<${item.typeName}, ${response.typeName}>`
  return group([printArguments(command), ` => ${result}`])
}

/**
 * Prints a command's method: an arrow function that passes the call to the runtime.
 *
 * @param info an expression for the command's `CommandInfo`.
 */
export function printMethod(command: CommandModel, info: string): Doc {
  const { item, response } = command
  const args = [info, printData(command), 'options']
  const call =
    item === undefined
      ? [`client.call<${response.typeName}>(`, printList(args), ')']
      : [`openStream<${item.typeName}, ${response.typeName}>(`, printList(['client', ...args]), ')']
  return group([printArguments(command), ' =>', group(indent([line, group(call)]))])
}

function printArguments({ request }: CommandModel): Doc {
  const { typeName, isEmpty, isOptional, params, rest } = request
  const mayEndEarly = rest === undefined || rest.isOptional
  const args = params.map((param) => printParam(param, mayEndEarly))
  if (rest !== undefined) args.push(`rest${rest.isOptional ? '?' : ''}: ${rest.typeName}`)
  if (params.length === 0 && !isEmpty) args.push(`data${isOptional ? '?' : ''}: ${typeName}`)
  return group(['(', printList([...args, 'options?: CallOptions']), ')'])
}

/** A required argument may not follow an optional one: before a required `rest`, its type has `| undefined` instead of `?`. */
function printParam({ argument, shape, isOptional }: ParamModel, mayEndEarly: boolean): Doc {
  if (!isOptional) return [`${argument}: `, printType(shape)]
  if (mayEndEarly) return [`${argument}?: `, printType(shape)]
  return [`${argument}: `, printType(toUnion([shape, keyword('undefined')]))]
}

function printData({ request }: CommandModel): Doc {
  const { isEmpty, isOptional, params, rest } = request
  if (isEmpty) return '{}'
  if (params.length === 0) return isOptional ? 'data ?? {}' : 'data'
  const properties = params.map(({ property, argument }) =>
    property === argument ? argument : `${propertyKey(property)}: ${argument}`,
  )
  const all = rest === undefined ? properties : [...properties, '...rest']
  return group(['{', indent([line, join([',', line], all), whenBroken(',')]), line, '}'])
}

function printList(items: readonly Doc[]): Doc {
  return [indent([softLine, join([',', line], items), whenBroken(',')]), softLine]
}
