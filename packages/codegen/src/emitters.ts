import { posix } from 'node:path'
import { type Config, listClients } from './config/config.ts'
import { asyncapiEmitter } from './emit/emit-asyncapi.ts'
import { clientEmitter } from './emit/emit-client.ts'
import { contractEmitter } from './emit/emit-contract.ts'
import { handlersEmitter } from './emit/emit-handlers.ts'
import { referenceEmitter } from './emit/emit-reference.ts'
import { serverEmitter } from './emit/emit-server.ts'
import type { Emitter } from './emit/emitter.ts'
import type { Memo } from './memo.ts'
import type { ImportExtension } from './names.ts'

/** The emitters that a config asks for. */
export function chooseEmitters(config: Config, memo: Memo): readonly Emitter[] {
  const { emitters = [] } = config
  return [
    ...listClients(config).map(({ path, ...selection }) => clientEmitter(path, selection, memo)),
    ...serverEmitters(config, memo),
    ...docsEmitters(config),
    ...emitters,
  ]
}

/** The emitters of an API's documents. */
function docsEmitters({ docs, title = 'API', version = '0.0.0', servers }: Config): readonly Emitter[] {
  if (docs === undefined) return []
  const info = { title, version, servers }
  return [
    asyncapiEmitter(posix.join(docs, 'asyncapi.json'), info, 'server'),
    asyncapiEmitter(posix.join(docs, 'asyncapi-client.json'), info, 'client'),
    referenceEmitter(posix.join(docs, 'index.html'), info),
  ]
}

function serverEmitters(config: Config, memo: Memo): readonly Emitter[] {
  const { server, handlers, isolatedDeclarations: isTyped = false, importExtension = 'ts' } = config
  if (server === undefined) return []
  const extension = EXTENSIONS[importExtension]
  const contract = posix.join(posix.dirname(server), 'contract.ts')
  const imports = { contract: importPath(server, contract, extension) }
  if (handlers === undefined) return [contractEmitter(contract, memo), serverEmitter(server, imports, memo)]
  const own = (file: string): string => importPath(server, posix.join(handlers, file), extension)
  const values = { session: own('session.ts'), context: own('context.ts') }
  const serverModule = importPath(posix.join(handlers, 'index.ts'), server, extension)
  return [
    contractEmitter(contract, memo),
    serverEmitter(server, { ...imports, values }, memo),
    handlersEmitter(handlers, { serverModule, isTyped, extension }),
  ]
}

const EXTENSIONS = { ts: '.ts', js: '.js', none: '' } as const satisfies Readonly<Record<string, ImportExtension>>

/** How one file imports another: `./contract.ts`. */
function importPath(from: string, to: string, extension: ImportExtension): string {
  const path = posix.relative(posix.dirname(from), to).replace(/\.ts$/, extension)
  return path.startsWith('.') ? path : `./${path}`
}
