import type { Contract } from '@wsrv/schema'
import { hashContract } from './hash-contract.ts'
import { printJson } from './print-json.ts'

/** Name of the file that remembers the contract as it was last released. */
export const LOCK_FILE = 'wsrv.lock.json'

/** Version of the lock file's own format. */
const LOCK_VERSION = 1

/** The text of a contract's lock file. */
export function printLock(contract: Contract): string {
  return printJson({ lockVersion: LOCK_VERSION, hashes: hashContract(contract), contract })
}

/**
 * Reads the text of a lock file.
 *
 * @throws Error that says what is wrong with it.
 */
export function readLock(text: string): Contract {
  const lock = parse(text)
  if (lock['lockVersion'] !== LOCK_VERSION) {
    throw new Error(`lockVersion is ${JSON.stringify(lock['lockVersion'])}. Expected ${LOCK_VERSION}`)
  }
  const { contract } = lock
  if (typeof contract !== 'object' || contract === null || !('commands' in contract)) {
    throw new Error('it has no contract. Expected what `wsrv lock` writes')
  }
  return contract as Contract
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>
  } catch {
    throw new Error('it is not JSON. Expected what `wsrv lock` writes')
  }
}
