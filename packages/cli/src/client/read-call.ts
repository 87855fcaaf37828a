import type { Contract } from '@wsrv/schema'
import { findCommand, noSuch } from './connection.ts'
import { readRawRequest } from './read-raw-request.ts'
import { type GivenWords, type ReadRequest, readRequest } from './read-request.ts'

/** Makes a call's data of words: by the contract, or as they stand where there is none. */
export function readCall(cmd: string, contract: Contract | undefined, given: GivenWords): ReadRequest {
  if (contract === undefined) return readRawRequest(given)
  const command = findCommand(contract, cmd)
  if (command !== undefined) return readRequest(command, contract.types, given)
  const names = contract.commands.map((one) => one.cmd)
  return { problems: [`${noSuch('command', cmd, names)} --raw calls without the contract.`] }
}
