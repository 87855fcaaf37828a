import { posix } from 'node:path'
import type { Config } from './config/config.ts'
import { asyncapiEmitter } from './emit/emit-asyncapi.ts'
import { clientEmitter } from './emit/emit-client.ts'
import { contractEmitter } from './emit/emit-contract.ts'
import { handlersEmitter } from './emit/emit-handlers.ts'
import { referenceEmitter } from './emit/emit-reference.ts'
import { serverEmitter } from './emit/emit-server.ts'
import type { Emitter } from './emit/emitter.ts'

/** The emitters that a config asks for. */
export function chooseEmitters(config: Config): readonly Emitter[] {
  const { client, emitters = [] } = config
  return [
    ...(client === undefined ? [] : [clientEmitter(client)]),
    ...serverEmitters(config),
    ...docsEmitters(config),
    ...emitters,
  ]
}

/** The emitters of an API's documents. */
function docsEmitters({ docs, title = 'API', version = '0.0.0' }: Config): readonly Emitter[] {
  if (docs === undefined) return []
  return [
    asyncapiEmitter(posix.join(docs, 'asyncapi.json'), { title, version }),
    referenceEmitter(posix.join(docs, 'index.html'), { title, version }),
  ]
}

function serverEmitters({ server, handlers, isolatedDeclarations: isTyped = false }: Config): readonly Emitter[] {
  if (server === undefined) return []
  const contract = posix.join(posix.dirname(server), 'contract.ts')
  const imports = { contract: importPath(server, contract) }
  if (handlers === undefined) return [contractEmitter(contract), serverEmitter(server, imports)]
  const session = importPath(server, posix.join(handlers, 'session.ts'))
  return [
    contractEmitter(contract),
    serverEmitter(server, { ...imports, session }),
    handlersEmitter(handlers, { serverModule: importPath(posix.join(handlers, 'index.ts'), server), isTyped }),
  ]
}

/** How one file imports another: `./contract.ts`. */
function importPath(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to)
  return path.startsWith('.') ? path : `./${path}`
}
