import { createClient, isCommandError, type RegisterResponse } from '../../examples/quickstart/generated/client.ts'
import { createServer, defineHandler, type Handlers } from '../../examples/quickstart/generated/server.ts'

declare const handlers: Handlers

/** Says at compile time that two types are the same. */
function same<One>(): <Other>(..._: [One, Other] extends [Other, One] ? [] : [never]) => void {
  return () => {}
}

export async function whatCompiles(signal: AbortSignal): Promise<void> {
  const client = createClient('ws://127.0.0.1:8800/ws', { timeoutMs: 5_000 })
  const response = await client.register(1001, { timeoutMs: 2_000, signal })
  same<RegisterResponse>()<typeof response>()
  const me = await client.userinfo({ signal })
  me.uid.toFixed()
  const off = client.on('have_user_register', ({ uid }) => uid.toFixed())
  off()
  for await (const { uid } of client.pushes('user_register', { signal })) uid.toFixed()
  try {
    await client.register(1)
  } catch (error) {
    if (isCommandError('register', error) && error.code === 'uid_taken') error.data.uid.toFixed()
  }
  createServer({ handlers })
  defineHandler('register', (c) => {
    c.set('uid', c.data.uid)
    return c.data.uid === 1 ? c.error('uid_taken', { uid: 1 }) : c.ok({})
  })
}

export async function whatDoesNot(): Promise<void> {
  const client = createClient('ws://127.0.0.1:8800/ws')
  // @ts-expect-error a uid is a number
  await client.register('1001')
  // @ts-expect-error a uid is needed
  await client.register()
  // @ts-expect-error no such command
  await client.unregister(1001)
  // @ts-expect-error no such namespace member
  await client.chat.leave('lobby')
  // @ts-expect-error no such push
  client.on('user_unregister', () => {})
  // @ts-expect-error the push has no name
  client.on('user_register', ({ name }) => name)
  // @ts-expect-error no such push
  client.pushes('user_unregister')
  // @ts-expect-error no such option
  await client.register(1001, { timeout: 5 })
  // @ts-expect-error responses have their schema's properties only
  ;(await client.userinfo()).password
}

export function whatServersMayNot(): void {
  const { register, ...others } = handlers
  // @ts-expect-error the handler of register is missing
  createServer({ handlers: others })
  // @ts-expect-error no such command
  defineHandler('unregister', () => ({}))
  // @ts-expect-error a userinfo has a uid
  defineHandler('userinfo', () => ({ name: 'x' }))
  // @ts-expect-error a handler answers
  defineHandler('userinfo', () => {})
  // @ts-expect-error no such error
  defineHandler('register', (c) => c.error('uid_free', { uid: 1 }))
  // @ts-expect-error the error's data has a uid
  defineHandler('register', (c) => c.error('uid_taken', {}))
  defineHandler('register', (c) => {
    // @ts-expect-error no such push
    c.push('user_unregister', { uid: 1 })
    // @ts-expect-error the push has a uid
    c.push('user_register', {})
    // @ts-expect-error a session has no such value
    c.set('name', 'x')
    // @ts-expect-error a uid is a number
    c.set('uid', 'x')
    // @ts-expect-error the request has no name
    c.data.name
    return {}
  })
  void register
}
