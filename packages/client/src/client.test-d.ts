import { CommandError, type FrameworkCode, isErrorOf, WsrvClient } from './index.ts'

/** Compiles, or `tsc` fails: what a user may and may not write. Never run. */
export async function types(client: WsrvClient<{ ticked: { at: number }; joined: string }>): Promise<void> {
  client.on('ticked', ({ at }) => at.toFixed())
  client.on('joined', async (name) => void name.trim())
  // @ts-expect-error an unknown push
  client.on('left', () => {})
  // @ts-expect-error a wrong shape
  client.on('joined', (name: number) => name)
  for await (const { at } of client.pushes('ticked', { overflow: 'drop_newest' })) at.toFixed()
  // @ts-expect-error an unknown push
  client.pushes('left')
  // @ts-expect-error an unknown policy
  client.pushes('ticked', { overflow: 'block' })
  const user: { uid: number } = await client.call<{ uid: number }>({ cmd: 'userinfo' }, {}, { signal: undefined })
  // @ts-expect-error a wrong response shape
  const wrong: { name: string } = await client.call<{ uid: number }>({ cmd: 'userinfo' }, {})
  const offering: WsrvClient<{ ticked: number; joined: string }, { joined: { users: number } }> = new WsrvClient(
    'ws://x',
  )
  offering.onGap('joined', async ({ count, snapshot }) => [count?.toFixed(), (await snapshot()).users.toFixed()])
  // @ts-expect-error the contract names no command for it
  offering.onGap('ticked', ({ snapshot }) => snapshot())
  // @ts-expect-error state is the client's to change
  client.state = 'open'
  const error: unknown = [user, wrong]
  if (isErrorOf('userinfo', error)) error.code.trim()
  if (error instanceof CommandError) error.msg.trim()
  const code: FrameworkCode = 'outcome_unknown'
  new WsrvClient(() => Promise.resolve(new URL(code)), { reconnect: false, outbox: { overflow: 'reject_oldest' } })
  new WsrvClient(new URL('ws://x')).on('anything', (data: unknown) => void data)
}
