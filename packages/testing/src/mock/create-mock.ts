import type { Contract } from '@wsrv/schema'
import type { ApiShape } from '@wsrv/server'
import type { Mock, MockOptions } from './mock.ts'
import { MockImpl } from './mock-impl.ts'

/**
 * Serves a contract: real connections, sessions, limits and checks, and for each command an answer of yours, of a script, or
 * drawn by its schema with what its properties' names and formats make plausible. A property that the request had, too, is
 * answered as it was sent. The same request to an `idempotent` command is answered alike each time; other commands differ.
 *
 * ```ts
 * import type { Api } from './generated/server.ts'
 * const mock = createMock<Api>(contract, { handlers: { userinfo: () => ({ uid: 7, name: 'Ada', onlineSinceMs: 0 }) } })
 * const { url } = await mock.server.listen(0)
 * ```
 *
 * @throws TypeError that says what is wrong with the script, RangeError what is wrong with the faults.
 */
export function createMock<Api extends ApiShape>(contract: Contract, options: MockOptions<Api> = {}): Mock<Api> {
  // `Api` describes this very contract, as for `createServer`.
  return new MockImpl(contract, options as unknown as ConstructorParameters<typeof MockImpl>[1]) as unknown as Mock<Api>
}
