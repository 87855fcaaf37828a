import type { CommandContract, Contract, ErrorContract, JsonSchema, PushContract } from '@wsrv/schema'
import { classifyChange, type Direction, SAFE, type Verdict, verdict } from './classify-change.ts'
import { compareSchemas } from './compare-schemas.ts'
import { type ContractChange, sortChanges } from './contract-change.ts'

/**
 * Compares two versions of a contract for peers that were deployed with the first: what breaks them, what may, what does
 * not. Descriptions, `params` and timeouts are no changes: nothing on the wire knows them. Sorted, the worst first.
 */
export function compareContracts(before: Contract, after: Contract): readonly ContractChange[] {
  return sortChanges([
    ...pairByCmd(before.commands, after.commands, 'command').flatMap(([one, other, change]) =>
      one && other ? compareCommands(one, other, { before, after }) : change,
    ),
    ...pairByCmd(before.pushes, after.pushes, 'push').flatMap(([one, other, change]) =>
      one && other
        ? compareData({ cmd: one.cmd, path: '/data' }, one.data, other.data, { before, after, direction: 'answer' })
        : change,
    ),
  ])
}

interface Versions {
  readonly before: Contract
  readonly after: Contract
}

type Paired<One> = readonly [before: One | undefined, after: One | undefined, change: ContractChange]

/** Members of both versions by name, with the change that it is when one version lacks it. */
function pairByCmd<One extends CommandContract | PushContract>(
  before: readonly One[],
  after: readonly One[],
  kind: 'command' | 'push',
): readonly Paired<One>[] {
  const [old, now] = [before, after].map((all) => new Map(all.map((one) => [one.cmd, one]))) as [
    Map<string, One>,
    Map<string, One>,
  ]
  return [...new Set([...old.keys(), ...now.keys()])].map((cmd) => {
    const isNew = !old.has(cmd)
    const texts = isNew ? { before: 'not there', after: kind } : { before: kind, after: 'not there' }
    const site = { cmd, path: '' }
    return [old.get(cmd), now.get(cmd), toChange(site, texts, isNew ? SAFE : REMOVED[kind])]
  })
}

const REMOVED = {
  command: verdict(
    'BREAKING',
    'deployed client',
    'Deployed clients still call it, and get "not implement". Keep it with `deprecated` until they are gone.',
  ),
  push: verdict(
    'BREAKING',
    'deployed client',
    'Deployed clients still wait for it. Keep sending it, with `deprecated`, until they are gone.',
  ),
}

function compareCommands(one: CommandContract, other: CommandContract, versions: Versions): readonly ContractChange[] {
  const { cmd } = one
  return [
    ...compareData({ cmd, path: '/request' }, one.request, other.request, { ...versions, direction: 'request' }),
    ...compareData({ cmd, path: '/response' }, one.response, other.response, { ...versions, direction: 'answer' }),
    ...compareErrors(one, other, versions),
    ...(one.idempotent && !other.idempotent
      ? [toChange({ cmd, path: '/idempotent' }, { before: 'true', after: 'false' }, NOT_IDEMPOTENT)]
      : []),
  ]
}

const NOT_IDEMPOTENT = verdict(
  'REVIEW',
  'deployed client',
  'Deployed clients still send it again after a lost connection: make sure that twice does no harm.',
)

function compareErrors(one: CommandContract, other: CommandContract, versions: Versions): readonly ContractChange[] {
  const names = [...new Set([...Object.keys(one.errors), ...Object.keys(other.errors)])]
  return names.flatMap((name): readonly ContractChange[] => {
    const site = { cmd: one.cmd, path: `/errors/${name}` }
    const [old, now] = [one.errors[name], other.errors[name]]
    if (old === undefined || now === undefined)
      return [toChange(site, { before: statusText(old), after: statusText(now) }, SAFE)]
    const data = { ...site, path: `${site.path}/data` }
    return [
      ...(old.status === now.status
        ? []
        : [toChange(site, { before: statusText(old), after: statusText(now) }, OTHER_STATUS)]),
      ...compareData(data, old.data, now.data, { ...versions, direction: 'answer' }),
    ]
  })
}

const OTHER_STATUS = verdict(
  'BREAKING',
  'deployed client',
  'Deployed clients know the error by its old status, and take the new one for an unknown error. Keep the status.',
)

function statusText(error: ErrorContract | undefined): string {
  return error === undefined ? 'not there' : `status ${error.status}`
}

function compareData(
  site: ChangeSite,
  one: JsonSchema,
  other: JsonSchema,
  { before, after, direction }: Versions & { readonly direction: Direction },
): readonly ContractChange[] {
  const changes = compareSchemas({ schema: one, types: before.types }, { schema: other, types: after.types })
  return changes.map((change) =>
    toChange({ cmd: site.cmd, path: site.path + change.path }, change, classifyChange(change, direction)),
  )
}

interface ChangeSite {
  readonly cmd: string
  readonly path: string
}

function toChange(
  { cmd, path }: ChangeSite,
  { before, after }: Pick<ContractChange, 'before' | 'after'>,
  judged: Verdict,
): ContractChange {
  return { id: `${cmd}#${path}`, cmd, path, before, after, ...judged }
}
