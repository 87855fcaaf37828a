import type { MessageModel, Model } from './model.ts'
import type { Shape } from './shape.ts'
import type { SharedType } from './shared-types.ts'

/** Which commands and pushes a client has. */
export interface Selection {
  /** Names, or patterns of them: `chat.*`. All when left out. */
  readonly include?: readonly string[]
  /** Names, or patterns of them, that are left out of those. None when left out. */
  readonly exclude?: readonly string[]
}

/** A model with only the selected commands and pushes, and the types that these name; the contract's hash stays the whole's. */
export function selectMembers(model: Model, { include, exclude = [] }: Selection): Model {
  if (include === undefined && exclude.length === 0) return model
  const isIn = (cmd: string): boolean =>
    (include === undefined || include.some((pattern) => matches(pattern, cmd))) &&
    !exclude.some((pattern) => matches(pattern, cmd))
  const byCmd = <Member extends { readonly cmd: string }>(members: readonly Member[]) =>
    members.filter(({ cmd }) => isIn(cmd))
  const [commands, pushes] = [byCmd(model.commands), byCmd(model.pushes)]
  const used = [
    ...commands.flatMap(({ request, response, item, errors }) => [
      request.sent,
      ...[response, ...(item ? [item] : []), ...errors.map(({ data }) => data)].flatMap(shapesOf),
      ...shapesOf(request),
    ]),
    ...pushes.flatMap(({ data }) => shapesOf(data)),
  ]
  const { contract } = model
  return {
    ...model,
    contract: { ...contract, commands: byCmd(contract.commands), pushes: byCmd(contract.pushes) },
    commands,
    pushes,
    clientTypes: reach(model.clientTypes, used),
  }
}

/** The patterns of a selection that no command or push of a model matches. */
export function findIdlePatterns(
  { commands, pushes }: Model,
  { include = [], exclude = [] }: Selection,
): readonly string[] {
  const cmds = [...commands, ...pushes].map(({ cmd }) => cmd)
  return [...include, ...exclude].filter((pattern) => !cmds.some((cmd) => matches(pattern, cmd)))
}

/** Whether a name matches a pattern, in which `*` stands for any characters. */
function matches(pattern: string, cmd: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[\\^$+?.()|[\]{}]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's').test(cmd)
}

/** A message's type, as a reference where the contract itself has it. */
function shapesOf({ shape, typeName, isShared }: MessageModel): readonly Shape[] {
  return isShared ? [{ kind: 'reference', typeName }] : [shape]
}

/** The declared types that shapes name, and those that these name. */
function reach(types: readonly SharedType[], shapes: readonly Shape[]): readonly SharedType[] {
  const byName = new Map(types.map((type) => [type.typeName, type]))
  const found = new Set<SharedType>()
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return
    const type = 'typeName' in part ? byName.get(String(part.typeName)) : undefined
    if (type === undefined) Object.values(part).forEach(visit)
    else if (!found.has(type)) visit(found.add(type) && type.shape)
  }
  shapes.forEach(visit)
  return types.filter((type) => found.has(type))
}
