import type { Contract } from '@wsrv/schema'
import type { ApiShape, OpenApi } from './api-types.ts'
import { ServerImpl } from './server-impl.ts'
import type { Server, ServerArguments, ServerOptions } from './server-types.ts'

/**
 * Makes a server of a contract. Generated code calls it with the contract's types.
 *
 * @throws Error when a handler is given for a command that the contract does not have.
 */
export function createServer<Api extends ApiShape>(
  contract: Contract,
  ...[options = {}]: ServerArguments<Api>
): Server<Api> {
  // `Api` describes this very contract, and the runtime checks data against it: the one place where types are believed.
  return new ServerImpl(contract, options as unknown as ServerOptions<OpenApi>) as unknown as Server<Api>
}
