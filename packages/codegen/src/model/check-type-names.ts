import { type ContractProblem, formatPlace, type Place } from '@wsrv/schema'
import { typeName as toTypeName } from '../names.ts'
import type { CommandModel, MessageModel, Model } from './model.ts'

/** What is wrong with the type names of a model: each may be given once, whatever it is made from. */
export function checkTypeNames(model: Model, typePlaces: ReadonlyMap<string, Place>): readonly ContractProblem[] {
  const owners = new Map<string, Claim>()
  const claims = [
    ...model.commands.flatMap(claimsOfCommand),
    ...model.pushes.flatMap(({ data, place, cmd }) => claimOfMessage(data, `the push ${cmd}`, place)),
    ...claimsOfNamespaces(model.commands),
    ...(model.presence === undefined ? [] : claimOfMessage(model.presence, 'the presence', model.presence.place)),
    ...claimsOfTypes(model, typePlaces),
  ]
  return claims.flatMap((claim) => {
    const owner = owners.get(claim.typeName)
    if (owner === undefined) owners.set(claim.typeName, claim)
    return owner === undefined ? [] : [collision(owner, claim)]
  })
}

interface Claim {
  readonly typeName: string
  readonly what: string
  readonly place: Place
}

function collision(owner: Claim, { typeName, what, place }: Claim): ContractProblem {
  return {
    file: place.file,
    exportName: place.exportName,
    wrong: `${typeName} is the name of ${what} and of ${owner.what} (${formatPlace(owner.place)})`,
    expected: 'one type a name',
    advice: 'Rename one of them',
  }
}

function claimsOfCommand({ cmd, place, request, response, item, errors, errorType }: CommandModel): readonly Claim[] {
  const claim = (typeName: string, what: string): Claim => ({ typeName, what: `${what} of ${cmd}`, place })
  return [
    ...claimOfMessage(request, `the request of ${cmd}`, place),
    ...(item === undefined ? [] : claimOfMessage(item, `the items of ${cmd}`, place)),
    ...claimOfMessage(response, `the response of ${cmd}`, place),
    ...errors.flatMap(({ name, data }) => claimOfMessage(data, `the error ${name} of ${cmd}`, place)),
    claim(errorType, 'the errors'),
    ...(request.rest === undefined ? [] : [claim(request.rest.typeName, 'the rest of the request')]),
  ]
}

function claimOfMessage({ typeName, isShared }: MessageModel, what: string, place: Place): readonly Claim[] {
  return isShared ? [] : [{ typeName, what, place }]
}

function claimsOfNamespaces(commands: readonly CommandModel[]): readonly Claim[] {
  const claims = new Map<string, Claim>()
  for (const { path, place } of commands) {
    for (let depth = 1; depth < path.length; depth++) {
      const namespace = path.slice(0, depth)
      const typeName = toTypeName(...namespace, 'Commands')
      const key = namespace.join('.')
      if (!claims.has(key)) claims.set(key, { typeName, what: `the namespace ${key}`, place })
    }
  }
  return [...claims.values()]
}

function claimsOfTypes(model: Model, places: ReadonlyMap<string, Place>): readonly Claim[] {
  const types = new Map([...model.clientTypes, ...model.serverTypes].map(({ typeName, type }) => [typeName, type]))
  return [...types].map(([typeName, type]) => {
    return { typeName, what: `the type ${type}`, place: places.get(type) ?? { file: '', exportName: type } }
  })
}
