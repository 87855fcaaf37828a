import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'
import { expect, it } from 'vitest'
import type { ClientOutput } from '../src/config/config.ts'
import { generate } from '../src/generate.ts'

const EXPORTS = {
  list: command({ cmd: 'users.list', request: Type.Object({ limit: Type.Integer({ default: 10 }) }) }),
  joined: push({ snapshot: 'users.list' }),
  ticked: push({}),
}

function clientOf(exports: Readonly<Record<string, unknown>>, client: ClientOutput = { path: 'client.ts' }): string {
  const { files, diagnostics } = generate({ schema: '*.ts', client }, [{ file: 'a.ts', exports }])
  expect(diagnostics).toEqual([])
  return files[0]?.text ?? ''
}

it('a generated client offers the snapshots that its contract names, typed', () => {
  const text = clientOf(EXPORTS)
  expect(text).toContain('export interface Snapshots {\n  joined: UsersListResponse\n}')
  expect(text).toContain('export interface Client extends WsrvClient<Pushes, Snapshots>, Commands {}')
  expect(text).toContain('  offerSnapshots(client, { joined: commandsOfUsers.list }, options)\n')
  expect(text).toContain('  offerSnapshots,\n')
})

it('a client without any, or without the command, does not carry them', () => {
  const { list, ticked } = EXPORTS
  for (const text of [
    clientOf({ list, ticked }),
    clientOf(EXPORTS, { path: 'client.ts', include: ['joined', 'ticked'] }),
  ])
    expect(text).not.toMatch(/snapshots/i)
})
