import { posix } from 'node:path'
import { describe } from '@wsrv/protocol'
import type { GeneratedFile } from '../emit/generated-file.ts'

/** What a contract's emitters made, with the emitter's name for messages. */
export interface EmittedFiles {
  readonly emitter: string
  readonly contract: string | undefined
  readonly files: readonly GeneratedFile[]
}

const KINDS: readonly unknown[] = ['printed', 'stub', 'handler-index'] satisfies GeneratedFile['kind'][]

/** Says what is wrong with what an emitter of the user's gave; nothing when it is files. */
export function checkEmitted(emitter: string, given: unknown): readonly string[] {
  const expected = "Expected an array of { kind: 'printed', path, text }"
  if (given instanceof Promise) return [`the emitter "${emitter}" gave a promise. ${expected}; emit is synchronous.`]
  if (!Array.isArray(given)) return [`the emitter "${emitter}" gave ${describe(given)}. ${expected}.`]
  return given.flatMap((file: unknown, index) => {
    const wrong = wrongOf(file)
    return wrong === undefined ? [] : [`the emitter "${emitter}" gave as file ${index} ${wrong}. ${expected}.`]
  })
}

function wrongOf(file: unknown): string | undefined {
  if (typeof file !== 'object' || file === null) return describe(file)
  const { kind, path, text } = file as Partial<Record<string, unknown>>
  if (!KINDS.includes(kind)) return `one whose kind is ${describe(kind)}`
  if (typeof path !== 'string' || path === '') return `one whose path is ${describe(path)}`
  if (/^\/|^[a-z]:|\\/i.test(path)) return `one whose path is "${path}", which is not relative to the config's folder`
  return typeof text === 'string' ? undefined : `one whose text is ${describe(text)}`
}

/** Says which files more than one emitter would write, both named. */
export function checkOwners(emitted: readonly EmittedFiles[]): readonly string[] {
  const owners = new Map<string, string>()
  const wrongs: string[] = []
  for (const { emitter, contract, files } of emitted) {
    const name = `the emitter "${emitter}"${contract === undefined ? '' : ` of the contract "${contract}"`}`
    for (const path of files.map((file) => posix.normalize(file.path))) {
      const owner = owners.get(path)
      if (owner === undefined) owners.set(path, name)
      else wrongs.push(`${name} writes ${path}, which ${owner} writes too. Expected a separate file for each.`)
    }
  }
  return wrongs
}
