import type { Field, ObjectShape, RecordShape, Shape, TemplatePart, TupleShape } from '../model/shape.ts'
import { propertyKey, quote } from '../names.ts'
import { type Doc, group, indent, join, line, softLine, whenBroken } from './layout.ts'
import { hasComment, printComment } from './print-comment.ts'

/** Prints a type as it follows a colon. */
export function printType(shape: Shape): Doc {
  switch (shape.kind) {
    case 'keyword':
      return shape.name
    case 'literal':
      return typeof shape.value === 'string' ? quote(shape.value) : String(shape.value)
    case 'template':
      return `\`${shape.parts.map(printPart).join('')}\``
    case 'reference':
      return shape.typeName
    case 'array':
      return printArray(shape.items)
    case 'tuple':
      return printTuple(shape)
    case 'record':
      return printRecordType(shape)
    case 'object':
      return printObject(shape)
    case 'union':
      return printUnion(shape.members)
    case 'intersection':
      return join(' & ', shape.members.map(printMember))
  }
}

/** Prints the type that follows `export type Name =`, with the space or line break before it. */
export function printAliased(shape: Shape): Doc {
  if (shape.kind !== 'union' || isHugged(shape.members)) return [' ', printType(shape)]
  return printChoice(shape.members.map(printMember))
}

/** Prints a type with type arguments. */
export function printGeneric(name: string, args: readonly Doc[]): Doc {
  return group([name, '<', indent([softLine, join([',', line], args)]), softLine, '>'])
}

/** Prints a union of printed types, with the space or line break before it. */
export function printChoice(members: readonly Doc[]): Doc {
  return group(indent([line, whenBroken('| '), join([line, '| '], members.map(indent))]))
}

/** Prints the fields of an interface or an object type, each on a line of its own. */
export function printFields({ fields, others }: ObjectShape): readonly Doc[] {
  const known = fields.map((field) => [printComment(field.docs), printField(field)])
  return others === undefined ? known : [...known, ['[key: string]: ', printType(others)]]
}

function printField({ name, isOptional, shape }: Field): Doc {
  const key = `${propertyKey(name)}${isOptional ? '?' : ''}:`
  if (shape.kind !== 'union' || isHugged(shape.members)) return [key, ' ', printType(shape)]
  return [key, printChoice(shape.members.map(printMember))]
}

function printObject(shape: ObjectShape): Doc {
  const isBroken = shape.fields.some(({ docs }) => hasComment(docs))
  const separator = [whenBroken('', ';'), line]
  return group(['{', indent([line, join(separator, printFields(shape))]), line, '}'], { isBroken })
}

/** A type may refer to itself inside braces, but not as an argument of `Record` (TS2456). */
function printRecordType({ keys, values }: RecordShape): Doc {
  const [key, value] = [printType(keys), printType(values)]
  if (!mayRefer(values)) return printGeneric('Record', [key, value])
  const isPlain = keys.kind === 'keyword'
  return group(['{', indent([line, isPlain ? '[key: ' : '[Key in ', key, ']: ', value]), line, '}'])
}

/** Whether a type refers to another one outside braces. */
function mayRefer(shape: Shape): boolean {
  switch (shape.kind) {
    case 'reference':
      return true
    case 'array':
      return mayRefer(shape.items)
    case 'tuple':
      return shape.elements.some((element) => mayRefer(element.shape)) || (shape.rest ? mayRefer(shape.rest) : false)
    case 'union':
    case 'intersection':
      return shape.members.some(mayRefer)
    default:
      return false
  }
}

function printUnion(members: readonly Shape[]): Doc {
  if (isHugged(members)) return join(' | ', members.map(printMember))
  return group(indent([softLine, whenBroken('| '), printMembers(members)]))
}

function printMembers(members: readonly Shape[]): Doc {
  return join(
    [line, '| '],
    members.map((member) => indent(printMember(member))),
  )
}

/** The formatter keeps the braces of a single object in a union with `null` on the line. */
function isHugged(members: readonly Shape[]): boolean {
  const others = members.filter((member) => member.kind !== 'keyword' || member.name !== 'null')
  return members.length === 2 && others.length === 1 && others[0]?.kind === 'object'
}

/** Prints a member of a union or an intersection. */
function printMember(shape: Shape): Doc {
  return shape.kind === 'union' ? ['(', printType(shape), ')'] : printType(shape)
}

function printArray(items: Shape): Doc {
  if (items.kind === 'intersection') return ['(', printType(items), ')[]']
  if (items.kind !== 'union') return [printType(items), '[]']
  if (isHugged(items.members)) return ['(', printType(items), ')[]']
  return [group(['(', indent([softLine, whenBroken('| '), printMembers(items.members)]), softLine, ')']), '[]']
}

function printTuple({ elements, rest }: TupleShape): Doc {
  const printed = elements.map(({ shape, isOptional }) => (isOptional ? printOptional(shape) : printType(shape)))
  if (rest === undefined && printed.length === 0) return '[]'
  const all = rest === undefined ? printed : [...printed, ['...', printArray(rest)]]
  const end = rest === undefined ? whenBroken(',') : ''
  return group(['[', indent([softLine, join([',', line], all)]), end, softLine, ']'])
}

function printOptional(shape: Shape): Doc {
  return shape.kind === 'union' || shape.kind === 'intersection'
    ? ['(', printType(shape), ')?']
    : [printType(shape), '?']
}

function printPart(part: TemplatePart): string {
  if (part.kind === 'keyword') return `\${${part.name}}`
  if (part.kind === 'choice') return `\${${part.texts.map(quote).join(' | ')}}`
  return part.text.replaceAll('\\', '\\\\').replaceAll('`', '\\`').replaceAll('${', '\\${')
}
