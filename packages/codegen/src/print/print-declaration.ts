import type { Memo } from '../memo.ts'
import type { TypeDeclaration } from '../model/shape.ts'
import { compareImported, quote } from '../names.ts'
import { type Doc, group, hardLine, indent, join, layOut, line, whenBroken } from './layout.ts'
import { printComment } from './print-comment.ts'
import { printAliased, printFields } from './print-type.ts'

/** Prints an exported type, from the first column on; cached by name and shape. */
export function printTypeDeclaration(declaration: TypeDeclaration, memo: Memo): string {
  const { typeName, docs, shape, base } = declaration
  const key = JSON.stringify([typeName, docs, base])
  const known = memo.declarations.get(shape)
  if (known?.key === key) return known.text
  const text = layOut(printDeclaration(declaration))
  memo.declarations.set(shape, { key, text })
  return text
}

/** An interface if the type is an object, else an alias. */
function printDeclaration({ typeName, docs, shape, base }: TypeDeclaration): Doc {
  if (shape.kind !== 'object') return [printComment(docs), `export type ${typeName} =`, printAliased(shape)]
  return [printComment(docs), printInterface(typeName, printFields(shape), base)]
}

/** Prints an exported interface of printed members; without members, the type of an empty object. */
export function printInterface(name: string, members: readonly Doc[], base?: string): Doc {
  if (members.length === 0) return `export type ${name} = ${base ?? 'Record<never, never>'}`
  const extending = base === undefined ? '' : indent([line, `extends ${base}`])
  return [group([`export interface ${name}`, extending]), ' ', printBlock(members)]
}

/** Prints lines in braces. */
export function printBlock(lines: readonly Doc[]): Doc {
  return ['{', indent([hardLine, join(hardLine, lines)]), hardLine, '}']
}

/** Prints an import of `names`, written as between the braces; `import type` if all of them are types. */
export function printImport(names: readonly string[], from: string): Doc {
  const types = names.filter((name) => name.startsWith('type '))
  const areTypes = types.length === names.length
  const sorted = [...names].sort(compareImported)
  const shown = areTypes ? sorted.map((name) => name.slice('type '.length)) : sorted
  const head = areTypes ? 'import type {' : 'import {'
  const tail = `} from ${quote(from)}`
  if (shown.length === 1) return [head, ' ', shown, ' ', tail]
  return group([head, indent([line, join([',', line], shown), whenBroken(',')]), line, tail])
}
