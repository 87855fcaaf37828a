import type { Contract } from '@wsrv/schema'
import { hashContract } from '../model/hash-contract.ts'
import { printJson } from '../print/print-json.ts'

/** Name of the file that remembers contracts as they were last released. */
export const LOCK_FILE = 'wsrv.lock.json'

/** Version of the lock file's own format. */
const LOCK_VERSION = 1

/** Contracts by their names in the config; `undefined` is the name of the only one of a config. */
export type NamedContracts = ReadonlyMap<string | undefined, Contract>

/**
 * The text of a lock file: `{ lockVersion, hashes, contract }` for the contract of a config that holds one,
 * `{ lockVersion, contracts: { shop: { hashes, contract }, … } }` for those of a config that names them.
 */
export function printLock(contracts: NamedContracts): string {
  const only = contracts.get(undefined)
  if (only !== undefined) return printJson({ lockVersion: LOCK_VERSION, ...entryOf(only) })
  const entries = [...contracts].map(([name = '', contract]) => [name, entryOf(contract)] as const)
  const sorted = entries.sort(([one], [other]) => (one < other ? -1 : 1))
  return printJson({ lockVersion: LOCK_VERSION, contracts: Object.fromEntries(sorted) })
}

function entryOf(contract: Contract): object {
  return { hashes: hashContract(contract), contract }
}

/**
 * Reads the text of a lock file.
 *
 * @throws Error that says what is wrong with it.
 */
export function readLock(text: string): NamedContracts {
  const lock = parse(text)
  const version = lock['lockVersion']
  if (typeof version === 'number' && version > LOCK_VERSION) {
    throw new Error(`a newer wsrv wrote it: its lockVersion is ${version}. Expected ${LOCK_VERSION}. Update @wsrv/cli`)
  }
  if (version !== LOCK_VERSION) {
    throw new Error(`lockVersion is ${JSON.stringify(version) ?? 'missing'}. Expected ${LOCK_VERSION}`)
  }
  const { contracts } = lock
  if (contracts === undefined) return new Map([[undefined, readEntry(lock, 'it')]])
  if (!isObject(contracts)) throw new Error('contracts is not an object. Expected what `wsrv lock` writes')
  return new Map(Object.entries(contracts).map(([name, entry]) => [name, readEntry(entry, `contracts.${name}`)]))
}

const LISTS = ['commands', 'pushes']

function readEntry(entry: unknown, place: string): Contract {
  const contract = isObject(entry) ? entry['contract'] : undefined
  if (isObject(contract) && LISTS.every((key) => Array.isArray(contract[key])) && isObject(contract['types'])) {
    return contract as unknown as Contract
  }
  throw new Error(`${place} has no contract. Expected what \`wsrv lock\` writes`)
}

function parse(text: string): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Error('it is not JSON. Expected what `wsrv lock` writes')
  }
  if (isObject(value)) return value
  throw new Error('it is not a JSON object. Expected what `wsrv lock` writes')
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
