import { type Doc, group, hardLine, indent, join, line, softLine, whenBroken } from './layout.ts'
import { propertyKey, quote } from './names.ts'
import { hasComment, printComment } from './print-comment.ts'
import type { Field, Member, ObjectShape, Shape, TemplatePart, TupleShape } from './shape.ts'

/** Prints a type as it stands behind a colon. */
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
      return ['Record<', printType(shape.keys), ', ', printType(shape.values), '>']
    case 'object':
      return printObject(shape)
    case 'union':
      return printUnion(shape.members)
    case 'intersection':
      return join(' & ', shape.members.map(printMember))
  }
}

/** Prints the type behind `export type Name =`, with the space or line break before it. */
export function printAliased(shape: Shape): Doc {
  if (shape.kind !== 'union' || isHugged(shape.members)) return [' ', printType(shape)]
  return group(indent([line, whenBroken('| '), printMembers(shape.members)]))
}

/** Prints the fields of an interface or an object type, each on a line of its own. */
export function printFields({ fields, others }: ObjectShape): readonly Doc[] {
  const known = fields.map((field) => [printComment(field.docs), printField(field)])
  return others === undefined ? known : [...known, ['[key: string]: ', printType(others)]]
}

function printField({ name, isOptional, shape }: Field): Doc {
  const key = `${propertyKey(name)}${isOptional ? '?' : ''}:`
  if (shape.kind !== 'union' || isHugged(shape.members)) return [key, ' ', printType(shape)]
  return [key, group(indent([line, whenBroken('| '), printMembers(shape.members)]))]
}

function printObject(shape: ObjectShape): Doc {
  const isBroken = shape.fields.some(({ docs }) => hasComment(docs))
  const separator = [whenBroken('', ';'), line]
  return group(['{', indent([line, join(separator, printFields(shape))]), line, '}'], { isBroken })
}

function printUnion(members: readonly Member[]): Doc {
  if (isHugged(members))
    return join(
      ' | ',
      members.map(({ shape }) => printMember(shape)),
    )
  return group(indent([softLine, whenBroken('| '), printMembers(members)]))
}

function printMembers(members: readonly Member[]): Doc {
  const hasComments = members.some(isDocumented)
  const separator = hasComments ? [hardLine, '| '] : [line, '| ']
  if (!hasComments)
    return join(
      separator,
      members.map(({ shape }) => indent(printMember(shape))),
    )
  return join(
    separator,
    members.map(({ shape, docs }) => indent([printComment(docs), printMember(shape)])),
  )
}

function isDocumented({ shape, docs }: Member): boolean {
  return shape.kind !== 'reference' && docs.description !== undefined
}

/** One object beside `null` keeps its braces on the line, as the formatter has it. */
function isHugged(members: readonly Member[]): boolean {
  const others = members.filter(({ shape }) => shape.kind !== 'keyword' || shape.name !== 'null')
  return members.length === 2 && others.length === 1 && others[0]?.shape.kind === 'object'
}

/** Prints a member of a union or an intersection. */
function printMember(shape: Shape): Doc {
  return shape.kind === 'union' ? ['(', printType(shape), ')'] : printType(shape)
}

function printArray(items: Shape): Doc {
  if (items.kind !== 'union' && items.kind !== 'intersection') return [printType(items), '[]']
  return [group(['(', indent([softLine, printType(items)]), softLine, ')']), '[]']
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
