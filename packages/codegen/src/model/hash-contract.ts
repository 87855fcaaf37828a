import { createHash } from 'node:crypto'
import { type CanonicalMember, type Contract, type ContractHashes, canonicalContract } from '@wsrv/schema'

/** Characters of a member's hash: enough that two versions of one command never share it. */
const MEMBER_CHARS = 8

/** Characters of the contract's hash. */
const CONTRACT_CHARS = 16

/** Hashes a contract's canonical form with SHA-256: the same contract has the same hashes on every machine. */
export function hashContract(contract: Contract): ContractHashes {
  const members = canonicalContract(contract)
  return {
    hash: hash(members.map(({ cmd, text }) => `${cmd}\n${text}`).join('\n'), CONTRACT_CHARS),
    commands: Object.fromEntries(members.map(({ cmd, text }: CanonicalMember) => [cmd, hash(text, MEMBER_CHARS)])),
  }
}

function hash(text: string, chars: number): string {
  return hashText(text).slice(0, chars)
}

/** SHA-256 of a text, in hex. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
