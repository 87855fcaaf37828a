import { HANDLER_TIMEOUT_MS } from '@wsrv/protocol'
import type { CommandContract, Contract, JsonSchema, PushContract } from '@wsrv/schema'
import { classifyChange, type Direction, SAFE, SERVERS_FIRST, type Verdict, verdict } from './classify-change.ts'
import { compareSchemas } from './compare-schemas.ts'
import { type ContractChange, sortChanges } from './contract-change.ts'
import { type CommandFate, pairCommands } from './pair-commands.ts'
import { type NamedError, pairErrors } from './pair-errors.ts'

/**
 * Compares two versions of a contract for peers that were deployed with the first: what breaks them, what may, what does
 * not. Descriptions are not a change, and of `params` only that they changed places. Sorted, the worst first.
 */
export function compareContracts(before: Contract, after: Contract): readonly ContractChange[] {
  return sortChanges([
    ...pairCommands(before.commands, after.commands).flatMap((fate) => judgeFate(fate, { before, after })),
    ...pairPushes(before.pushes, after.pushes).flatMap(([one, other, change]) =>
      one && other ? comparePushes(one, other, { before, after }) : change,
    ),
  ])
}

interface Versions {
  readonly before: Contract
  readonly after: Contract
}

/** A command's own changes, or the one that its coming, going or new name is. */
function judgeFate(fate: CommandFate, versions: Versions): readonly ContractChange[] {
  const { kind, cmd } = fate
  const place = { cmd, path: '' }
  switch (kind) {
    case 'kept':
      return compareCommands(fate, versions)
    case 'renamed':
      return [toChange(place, { before: `command ${fate.from}`, after: `command ${cmd}` }, SERVERS_FIRST)]
    case 'new':
      return [toChange(place, { before: 'not there', after: nameText(cmd, fate.owner) }, SERVERS_FIRST)]
    case 'gone': {
      const texts = { before: nameText(cmd, fate.owner), after: 'not there' }
      return [toChange(place, texts, cmd === fate.owner ? removedCommand(cmd) : DROPPED_NAME)]
    }
  }
}

function nameText(cmd: string, owner: string): string {
  return cmd === owner ? 'command' : `former name of ${owner}`
}

function removedCommand(cmd: string): Verdict {
  const advice = `Keep it with \`deprecated\` until they are gone; if it has a new name, say so there: renamedFrom: '${cmd}'.`
  return verdict('BREAKING', 'deployed client', `Deployed clients still call it, and get "not implement". ${advice}`)
}

const DROPPED_NAME = verdict(
  'BREAKING',
  'deployed client',
  'Deployed clients still call it by this name, and get "not implement". Keep it in renamedFrom until they are gone.',
)

type PairedPush = readonly [before: PushContract | undefined, after: PushContract | undefined, change: ContractChange]

/** Pushes of both versions by name, with the change that it is when one version lacks it. */
function pairPushes(before: readonly PushContract[], after: readonly PushContract[]): readonly PairedPush[] {
  const [old, now] = [before, after].map((all) => new Map(all.map((one) => [one.cmd, one]))) as [
    Map<string, PushContract>,
    Map<string, PushContract>,
  ]
  return [...new Set([...old.keys(), ...now.keys()])].map((cmd) => {
    const isNew = !old.has(cmd)
    const texts = isNew ? { before: 'not there', after: 'push' } : { before: 'push', after: 'not there' }
    return [old.get(cmd), now.get(cmd), toChange({ cmd, path: '' }, texts, isNew ? SERVERS_FIRST : REMOVED_PUSH)]
  })
}

const REMOVED_PUSH = verdict(
  'BREAKING',
  'deployed client',
  'Deployed clients still wait for it. Keep sending it, with `deprecated`, until they are gone.',
)

function comparePushes(one: PushContract, other: PushContract, versions: Versions): readonly ContractChange[] {
  const { cmd } = one
  return [
    ...compareData({ cmd, path: '/data' }, one.data, other.data, { ...versions, direction: 'answer' }),
    ...compareSlow(cmd, slowText(one), slowText(other)),
  ]
}

/** What a reader that is too slow misses. */
function compareSlow(cmd: string, was: string, is: string): readonly ContractChange[] {
  if (was === is) return []
  return [toChange({ cmd, path: '/whenSlow' }, { before: was, after: is }, is === 'close' ? SAFE : LOSSY)]
}

function slowText({ whenSlow, coalesceBy }: PushContract): string {
  return coalesceBy === undefined ? (whenSlow ?? 'close') : `${whenSlow} of each ${coalesceBy}`
}

const LOSSY = verdict(
  'REVIEW',
  'deployed client',
  'A deployed client that reads too slowly misses some of them, and is told by onGap only when it has a session.',
)

function compareCommands(
  { cmd, before: one, after: other }: Extract<CommandFate, { kind: 'kept' }>,
  versions: Versions,
): readonly ContractChange[] {
  return [
    ...compareData({ cmd, path: '/request' }, one.request, other.request, { ...versions, direction: 'request' }),
    ...compareData({ cmd, path: '/response' }, one.response, other.response, { ...versions, direction: 'answer' }),
    ...compareStreams({ cmd, one, other }, versions),
    ...compareErrors({ cmd, one, other }, versions),
    ...compareIdempotence(cmd, one.idempotent, other.idempotent),
    ...compareCosts(cmd, one.rateLimit?.cost ?? 1, other.rateLimit?.cost ?? 1),
    ...compareTimeouts(cmd, one.timeoutMs ?? HANDLER_TIMEOUT_MS, other.timeoutMs ?? HANDLER_TIMEOUT_MS),
    ...compareParams(cmd, one.params ?? [], other.params ?? []),
  ]
}

/** A stream's items travel as a response does; whether there are any is known to the client that asks. */
function compareStreams(
  { cmd, one, other }: { readonly cmd: string; readonly one: CommandContract; readonly other: CommandContract },
  versions: Versions,
): readonly ContractChange[] {
  const place = { cmd, path: '/stream' }
  if (one.stream !== undefined && other.stream !== undefined) {
    return compareData(place, one.stream, other.stream, { ...versions, direction: 'answer' })
  }
  if (one.stream === other.stream) return []
  const [before, after] = [one, other].map(({ stream }) => (stream === undefined ? 'one answer' : 'a stream')) as [
    string,
    string,
  ]
  return [toChange(place, { before, after }, other.stream === undefined ? NO_STREAM : NOW_STREAM)]
}

const NOW_STREAM = verdict(
  'BREAKING',
  'deployed client',
  'Deployed clients call it without credit, and get 400. Declare a new command that is a stream.',
)

const NO_STREAM = verdict(
  'BREAKING',
  'deployed client',
  'Deployed clients wait for items, and get none. Keep it with `deprecated`, and declare a new command.',
)

function compareIdempotence(cmd: string, was: boolean, is: boolean): readonly ContractChange[] {
  if (was === is) return []
  const texts = { before: String(was), after: String(is) }
  return [toChange({ cmd, path: '/idempotent' }, texts, is ? NEWLY_IDEMPOTENT : NOT_IDEMPOTENT)]
}

/** What costs more of a session's requests a second is refused sooner. */
function compareCosts(cmd: string, was: number, is: number): readonly ContractChange[] {
  if (was === is) return []
  const texts = { before: `cost ${was}`, after: `cost ${is}` }
  return [toChange({ cmd, path: '/rateLimit' }, texts, is > was ? DEARER : SAFE)]
}

/** What takes longer than its command may is answered with 408. */
function compareTimeouts(cmd: string, was: number, is: number): readonly ContractChange[] {
  if (is >= was) return []
  return [toChange({ cmd, path: '/timeoutMs' }, { before: `${was} ms`, after: `${is} ms` }, SHORTER)]
}

const SHORTER = verdict('REVIEW', 'deployed client', 'Deployed clients get 408 for what took longer and worked.')

/** Positional arguments that change places: nothing on the wire, but calls may compile and mean something else. */
function compareParams(cmd: string, was: readonly string[], is: readonly string[]): readonly ContractChange[] {
  const isKept = was.every((name, index) => !is.includes(name) || is[index] === name)
  if (isKept) return []
  return [toChange({ cmd, path: '/params' }, { before: was.join(', '), after: is.join(', ') }, SAFE)]
}

const NEWLY_IDEMPOTENT: Verdict = {
  severity: 'REVIEW',
  breaks: ['deployed server'],
  suggestion:
    'Clients send it again after a lost connection: make sure that deployed servers do no harm by doing it twice.',
}

const DEARER = verdict('REVIEW', 'deployed client', 'Deployed clients that call it often get 429 sooner.')

const NOT_IDEMPOTENT = verdict(
  'REVIEW',
  'deployed client',
  'Deployed clients still send it again after a lost connection: make sure that twice does no harm.',
)

function compareErrors(
  { cmd, one, other }: { readonly cmd: string; readonly one: CommandContract; readonly other: CommandContract },
  versions: Versions,
): readonly ContractChange[] {
  return pairErrors(one.errors, other.errors).flatMap(([old, now]): readonly ContractChange[] => {
    const place = { cmd, path: `/errors/${now?.name ?? old?.name}` }
    const texts = { before: errorText(old, now), after: errorText(now, old) }
    if (old === undefined) return [toChange(place, texts, SAFE)]
    if (now === undefined) return [toChange(place, texts, SERVERS_FIRST)]
    const data = { ...place, path: `${place.path}/data` }
    return [
      ...(old.status === now.status ? [] : [toChange(place, texts, OTHER_STATUS)]),
      // Clients know an error by its status: what it is called is theirs.
      ...(old.name === now.name ? [] : [toChange(place, texts, SAFE)]),
      ...compareData(data, old.data, now.data, { ...versions, direction: 'answer' }),
    ]
  })
}

const OTHER_STATUS = verdict(
  'BREAKING',
  'deployed client',
  'Deployed clients know the error by its old status, and take the new one for an unknown error. Keep the status.',
)

function errorText(error: NamedError | undefined, twin: NamedError | undefined): string {
  if (error === undefined) return 'not there'
  return twin === undefined || twin.name === error.name ? `status ${error.status}` : `${error.name}, ${error.status}`
}

function compareData(
  place: ChangePlace,
  one: JsonSchema,
  other: JsonSchema,
  { before, after, direction }: Versions & { readonly direction: Direction },
): readonly ContractChange[] {
  const changes = compareSchemas({ schema: one, types: before.types }, { schema: other, types: after.types }, direction)
  return changes.map((change) =>
    toChange({ cmd: place.cmd, path: place.path + change.path }, change, classifyChange(change, direction)),
  )
}

interface ChangePlace {
  readonly cmd: string
  readonly path: string
}

function toChange(
  { cmd, path }: ChangePlace,
  { before, after, sharedType }: Pick<ContractChange, 'before' | 'after' | 'sharedType'>,
  judged: Verdict,
): ContractChange {
  return { id: `${cmd}#${path}`, ...(sharedType !== undefined && { sharedType }), cmd, path, before, after, ...judged }
}
