import { posix } from 'node:path'
import type { Config } from './config.ts'
import { clientEmitter } from './emit-client.ts'
import { contractEmitter } from './emit-contract.ts'
import { handlersEmitter } from './emit-handlers.ts'
import { serverEmitter } from './emit-server.ts'
import type { Emitter } from './emitter.ts'

/** The emitters that a config asks for. */
export function chooseEmitters({ client, server, handlers }: Config): readonly Emitter[] {
  const emitters: Emitter[] = []
  if (client !== undefined) emitters.push(clientEmitter(client))
  if (server === undefined) return emitters
  const contract = posix.join(posix.dirname(server), 'contract.ts')
  emitters.push(contractEmitter(contract))
  const imports = { contract: importPath(server, contract) }
  if (handlers === undefined) return [...emitters, serverEmitter(server, imports)]
  const session = importPath(server, posix.join(handlers, 'session.ts'))
  return [
    ...emitters,
    serverEmitter(server, { ...imports, session }),
    handlersEmitter(handlers, importPath(posix.join(handlers, 'index.ts'), server)),
  ]
}

/** How one file imports another: `./contract.ts`. */
function importPath(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to)
  return path.startsWith('.') ? path : `./${path}`
}
