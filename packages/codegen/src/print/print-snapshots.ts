import { describeAs } from '../model/docs.ts'
import type { CommandModel, Model } from '../model/model.ts'
import { propertyAccess, propertyKey } from '../names.ts'
import type { Doc } from './layout.ts'
import { printComment } from './print-comment.ts'
import { printInterface } from './print-declaration.ts'
import { tableName } from './print-namespaces.ts'
import { printRecord } from './print-value.ts'

/** Whether a client can be offered a snapshot of anything. */
export function hasSnapshots(model: Model): boolean {
  return listSnapshots(model).length > 0
}

/** The type of the generated client's base: with the table of {@link printSnapshotTable} where there is one. */
export function baseClientType(model: Model): string {
  return hasSnapshots(model) ? 'WsrvClient<Pushes, Snapshots>' : 'WsrvClient<Pushes>'
}

/** Prints the interface that maps each push to what its snapshot command answers; nothing if there is none. */
export function printSnapshotTable(model: Model): readonly Doc[] {
  if (!hasSnapshots(model)) return []
  const members = listSnapshots(model).map(([cmd, { response }]) => `${propertyKey(cmd)}: ${response.typeName}`)
  const docs = describeAs('What the `snapshot()` of a gap in each push resolves with.')
  return [[printComment(docs), printInterface('Snapshots', members)]]
}

/** The statement by which a client offers them, inside its function so that a bare client does not carry it; nothing if there are none. */
export function printSnapshotOffer(model: Model): readonly Doc[] {
  const entries = listSnapshots(model).map(([cmd, { path }]) => {
    const table = tableName({ path: path.slice(0, -1) })
    return [cmd, propertyAccess(table, path.at(-1) ?? '')] as const
  })
  return entries.length === 0 ? [] : [['offerSnapshots(client, ', printRecord(entries), ', options)']]
}

/** Pushes with the commands that fetch their snapshots, where the client has both. */
function listSnapshots({ contract, commands }: Model): readonly (readonly [push: string, command: CommandModel])[] {
  return contract.pushes.flatMap(({ cmd, snapshot }) => {
    const command = commands.find((one) => one.cmd === snapshot)
    return command === undefined ? [] : [[cmd, command] as const]
  })
}
