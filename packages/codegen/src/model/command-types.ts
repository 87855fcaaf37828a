import { describeAs } from './docs.ts'
import type { CommandModel, ErrorModel, MessageModel, PushModel } from './model.ts'
import type { Shape, TypeDeclaration } from './shape.ts'

/** The side that declarations are for: what a client sends differs from what a handler gets by the defaults. */
export type Side = 'client' | 'server'

/** The types of a command's messages, in the order in which they are read. */
export function declareCommand(command: CommandModel, side: Side): readonly TypeDeclaration[] {
  const { cmd, response, item, errors } = command
  return [
    ...(side === 'client' ? declareSentRequest(command) : declareMessage(command.request, `Request of \`${cmd}\`.`)),
    ...(item === undefined ? [] : declareMessage(item, `Item of the stream \`${cmd}\`.`)),
    ...declareMessage(response, `Response of \`${cmd}\`.`),
    ...errors.flatMap((error) => declareErrorData(error, cmd)),
  ]
}

/** The type of a push's data. */
export function declarePush({ cmd, docs, data }: PushModel): readonly TypeDeclaration[] {
  return declareMessage(data, docs.description ?? `Data of the push \`${cmd}\`.`)
}

/** The type of what members of rooms show. */
export function declarePresence(presence: MessageModel | undefined): readonly TypeDeclaration[] {
  return presence === undefined ? [] : declareMessage(presence, 'What a member of a room shows.')
}

/** Whether an error has data worth a type of its own. */
export function hasOwnData({ data }: ErrorModel): boolean {
  return !data.isShared && data.shape.kind !== 'reference' && data.shape.kind !== 'record'
}

function declareSentRequest({ cmd, request }: CommandModel): readonly TypeDeclaration[] {
  if (request.isEmpty) return []
  const { typeName, sent, rest, params } = request
  const [whole] = declareMessage({ ...request, shape: sent }, `Request of \`${cmd}\`.`)
  if (rest === undefined) return whole === undefined ? [] : [whole]
  const docs = describeAs(`Request of \`${cmd}\` without its positional arguments.`)
  const declaration: TypeDeclaration = { typeName: rest.typeName, docs, shape: rest.shape }
  if (whole === undefined || !isPlainObject(sent)) return whole === undefined ? [declaration] : [declaration, whole]
  const names = new Set(params.map(({ property }) => property))
  const fields = sent.fields.filter(({ name }) => names.has(name))
  return [declaration, { ...whole, typeName, shape: { kind: 'object', fields }, base: rest.typeName }]
}

function isPlainObject(shape: Shape): shape is Extract<Shape, { kind: 'object' }> {
  return shape.kind === 'object' && shape.others === undefined
}

function declareErrorData(error: ErrorModel, cmd: string): readonly TypeDeclaration[] {
  return hasOwnData(error) ? declareMessage(error.data, `Data of the error \`${error.name}\` of \`${cmd}\`.`) : []
}

/** The declaration of a message's type; what its schema says about itself follows what it is. */
function declareMessage({ typeName, shape, docs, isShared }: MessageModel, what: string): readonly TypeDeclaration[] {
  if (isShared) return []
  const own = docs.description ?? ''
  const description = `${what}${own.startsWith('- ') ? '\n' : ' '}${own}`
  return [{ typeName, shape, docs: { ...docs, description } }]
}
