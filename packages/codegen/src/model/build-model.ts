import {
  type BuiltContract,
  type CommandContract,
  type Contract,
  clientPath,
  codeName,
  type JsonSchema,
  type Named,
  type Place,
  type PushContract,
} from '@wsrv/schema'
import type { BuiltCommand, Memo } from '../memo.ts'
import { handlerFile, handlerName, typeName } from '../names.ts'
import { VERSION } from '../version.ts'
import { buildMessage, buildRequest } from './build-request.ts'
import { checkTypeNames } from './check-type-names.ts'
import { describeAs } from './docs.ts'
import { hashContract, hashText } from './hash-contract.ts'
import type { BuiltModel, CommandModel, ErrorModel, PresenceModel, PushModel } from './model.ts'
import type { TypeDeclaration } from './shape.ts'
import { readSharedTypes, type Sides } from './shared-types.ts'

/** Builds what emitters start from: chooses every name of generated code, and reads every schema as a type. */
export function buildModel(built: BuiltContract, sources: readonly string[], memo: Memo): BuiltModel {
  const { places } = built
  const contract = { hashes: hashContract(built.contract), ...built.contract }
  const sides: Sides = { client: readSharedTypes(contract, 'sent'), server: readSharedTypes(contract, 'served') }
  const names = hashText([sides.client, sides.server].flatMap(({ declarations }) => declarations.map(nameOf)).join())
  const commands = contract.commands.map((command) =>
    knownCommand(command, { place: placeOf(places, command.cmd), types: contract.types, sides, names, memo }),
  )
  const model = {
    version: VERSION,
    sources: [...sources].sort(),
    contract: { ...contract, commands: commands.map((one) => one.contract) },
    commands: commands.map((one) => one.model),
    pushes: contract.pushes.map((push) => buildPush(push, placeOf(places, push.cmd), sides)),
    ...(contract.presence && { presence: buildPresence(contract.presence, built.presencePlace, sides) }),
    clientTypes: sides.client.declarations,
    serverTypes: sides.server.declarations,
  }
  return { model, problems: checkTypeNames(model, built.typePlaces) }
}

function buildPresence(
  schema: JsonSchema,
  place: Place = { file: '', exportName: 'presence' },
  { server }: Sides,
): PresenceModel {
  return { ...buildMessage('Presence', schema, server.elsewhere), place }
}

function nameOf({ typeName }: TypeDeclaration): string {
  return typeName
}

interface CommandContext {
  readonly place: Place
  readonly types: Contract['types']
  readonly sides: Sides
  /** A hash of the names of all shared types. */
  readonly names: string
  readonly memo: Memo
}

/** A command's model follows from the command itself and from how types are called, unless its request is elsewhere. */
function knownCommand(contract: CommandContract, context: CommandContext): BuiltCommand {
  const make = (): BuiltCommand => ({ contract, model: buildCommand(contract, context) })
  if ('$ref' in contract.request || 'allOf' in contract.request) return make()
  return context.memo.commands.getOrMake(JSON.stringify([contract, context.place, context.names]), make)
}

function buildCommand(command: CommandContract, { place, types, sides }: CommandContext): CommandModel {
  const { description, deprecated, response, stream, errors, idempotent, timeoutMs } = command
  const code = codeName(command)
  return {
    ...namesOf(command),
    docs: describeAs(description, deprecated),
    place,
    path: clientPath(code),
    handler: { name: handlerName(code), file: handlerFile(code) },
    request: buildRequest(command, { types, sides }),
    response: buildMessage(typeName(code, 'Response'), response, sides.server.elsewhere),
    ...(stream !== undefined && { item: buildMessage(typeName(code, 'Item'), stream, sides.server.elsewhere) }),
    errors: Object.entries(errors).map(([name, error]): ErrorModel => {
      const data = buildMessage(typeName(code, name, 'Data'), error.data, sides.server.elsewhere)
      return { name, status: error.status, docs: describeAs(error.description), data }
    }),
    errorType: typeName(code, 'Error'),
    idempotent,
    formerCmds: command.renamedFrom ?? [],
    ...(timeoutMs !== undefined && { timeoutMs }),
  }
}

function buildPush(push: PushContract, place: Place, sides: Sides): PushModel {
  const { description, deprecated, data } = push
  const message = buildMessage(typeName(codeName(push), 'Push'), data, sides.server.elsewhere)
  return { ...namesOf(push), docs: describeAs(description, deprecated), place, data: message }
}

function namesOf({ cmd, name }: Named): Named {
  return { cmd, ...(name !== undefined && { name }) }
}

function placeOf(places: ReadonlyMap<string, Place>, cmd: string): Place {
  return places.get(cmd) ?? { file: '', exportName: cmd }
}
