import type { Contract } from '@wsrv/schema'
import type { Command, Option } from 'commander'
import { type Candidate, completeCall, starting } from './complete-call.ts'

/** What a shell may put in the place of a word. */
export interface Completions {
  readonly candidates: readonly Candidate[]
  /** Whether the word may be a file, too. */
  readonly takesFile: boolean
}

/** What is known of the program. */
export interface CompletionSource {
  readonly program: Command
  /** Loaded when a word depends on it; `undefined` when there is none, which completes nothing. */
  loadContract(): Promise<Contract | undefined>
}

/**
 * What the last word of a command line may become.
 *
 * @param words behind the program's name; the last one is that which is being typed, `''` when nothing is yet.
 */
export async function completeLine(words: readonly string[], source: CompletionSource): Promise<Completions> {
  const word = words.at(-1) ?? ''
  const [verb, ...given] = words.slice(0, -1)
  if (verb === undefined) return { candidates: starting(word, verbsOf(source.program)), takesFile: false }
  if (verb === 'help') return { candidates: starting(word, verbsOf(source.program)), takesFile: false }
  const command = source.program.commands.find((one) => one.name() === verb)
  if (command === undefined) return NOTHING
  const pending = pendingOption(command, given.at(-1))
  if (pending !== undefined) return valuesOf(pending, word)
  if (word.startsWith('-')) {
    const own = starting(word, optionsOf(command))
    return { candidates: [...(await ofContract({ verb, given, word }, source)), ...own], takesFile: false }
  }
  return { candidates: await ofContract({ verb, given, word }, source), takesFile: FILE_VERBS.has(verb) }
}

const NOTHING: Completions = { candidates: [], takesFile: false }

/** Commands with a file as their argument. */
const FILE_VERBS: ReadonlySet<string> = new Set(['replay'])

/** What an option's value is called where that is a file. */
const FILE_VALUE = /<(file|path|ref or file)>/

interface Typed {
  readonly verb: string
  readonly given: readonly string[]
  readonly word: string
}

async function ofContract({ verb, given, word }: Typed, source: CompletionSource): Promise<readonly Candidate[]> {
  if (verb === 'complete')
    return starting(
      word,
      SHELLS.map((value) => ({ value, description: '' })),
    )
  if (!CONTRACT_VERBS.has(verb) || given.includes('--raw')) return []
  const contract = await source.loadContract()
  if (contract === undefined) return []
  if (verb !== 'tail') return completeCall(given, word, contract)
  return starting(
    word,
    contract.pushes.map(({ cmd, description = '' }) => ({ value: cmd, description })),
  )
}

const CONTRACT_VERBS: ReadonlySet<string> = new Set(['call', 'bench', 'tail'])

/** Shells that have completion. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const

function verbsOf(program: Command): readonly Candidate[] {
  return program.commands.map((one) => ({ value: one.name(), description: one.description() }))
}

function optionsOf(command: Command): readonly Candidate[] {
  const options = command.options.map(({ long, description }) => ({ value: long ?? '', description }))
  return [...options, { value: '--help', description: 'what it takes' }].filter(
    ({ value }, at, all) => value !== '' && all.findIndex((one) => one.value === value) === at,
  )
}

/** The option whose value the next word is. */
function pendingOption(command: Command, last: string | undefined): Option | undefined {
  const option = command.options.find((one) => last !== undefined && (one.long === last || one.short === last))
  return option?.required ? option : undefined
}

function valuesOf({ argChoices = [], flags }: Option, word: string): Completions {
  const candidates = argChoices.map((value) => ({ value, description: '' }))
  return { candidates: starting(word, candidates), takesFile: FILE_VALUE.test(flags) }
}
