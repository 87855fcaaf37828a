import { Parser } from '@asyncapi/parser'
import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import * as chat from '../../../schema/chat.ts'
import * as users from '../../../schema/users.ts'
import { generate } from '../src/generate.ts'
import { everyConstruct } from './constructs.ts'

const config = { schema: 'schema/*.ts', docs: 'docs', title: 'Chat', version: '1.2.3' }

function documentOf(exports: Readonly<Record<string, unknown>>): string {
  const { files, diagnostics } = generate(config, [{ file: 'schema/a.ts', exports }])
  expect(diagnostics).toEqual([])
  return files.find(({ path }) => path === 'docs/asyncapi.json')?.text ?? ''
}

/** What the official parser finds, of any severity. */
async function findingsOf(text: string): Promise<readonly string[]> {
  const { diagnostics } = await new Parser().parse(text)
  return diagnostics.map(({ message, path }) => `${path.join('.')}: ${message}`)
}

describe('the AsyncAPI document', () => {
  it('of the sample contract passes the official parser', async () => {
    expect(await findingsOf(documentOf({ ...users, ...chat }))).toEqual([])
  })

  it('of every construct passes the official parser', async () => {
    const Shared = Type.Object({ at: Type.Integer() })
    const exports = {
      Shared,
      act: command({ request: { type: 'object', properties: everyConstruct() }, response: Shared }),
      news: push({
        data: { type: 'object', properties: { shared: Shared, ...everyConstruct() } },
      }),
    }
    expect(await findingsOf(documentOf(exports))).toEqual([])
  })

  it('says what is deprecated, and how a command was called before', async () => {
    const text = documentOf({
      signUp: command({ description: 'Bind.', renamedFrom: ['register', 'enroll'] }),
      userinfo: command({ deprecated: 'Use whoami.' }),
      tick: push({ description: 'Ticks.', deprecated: 'Use tock.' }),
    })
    const { operations } = JSON.parse(text)
    expect(operations).toMatchObject({
      SignUp: { description: 'Bind.\n\nAlso answered under its former name: register, enroll.' },
      Userinfo: { description: 'Deprecated: Use whoami.', tags: [{ name: 'deprecated' }] },
      TickPush: { description: 'Ticks.\n\nDeprecated: Use tock.', tags: [{ name: 'deprecated' }] },
    })
    expect(await findingsOf(text)).toEqual([])
  })

  it('has an operation that is received for a command, and one that is sent for a push', () => {
    const exports = {
      register: command({
        description: 'Bind.',
        request: Type.Object({ uid: Type.Integer() }),
        errors: { taken: { status: 1001, description: 'Taken.' } },
      }),
      left: push({}),
    }
    const { info, operations, channels } = JSON.parse(documentOf(exports))
    expect(info).toMatchObject({ title: 'Chat', version: '1.2.3' })
    const ref = (name: string) => ({ $ref: `#/channels/wsrv/messages/${name}` })
    expect(operations).toMatchObject({
      Register: {
        action: 'receive',
        description: 'Bind.',
        messages: [ref('RegisterRequest')],
        reply: { messages: [ref('RegisterResponse'), ref('RegisterTakenError')] },
      },
      LeftPush: { action: 'send', messages: [ref('LeftPush')] },
    })
    const { RegisterRequest, RegisterTakenError } = channels.wsrv.messages
    expect(RegisterRequest.examples[0].payload).toEqual({ cmd: 'register', seqno: 'k3v9zq-0001', data: { uid: 1 } })
    expect(RegisterTakenError).toMatchObject({
      summary: 'Taken.',
      examples: [{ payload: { cmd: 'register', seqno: 'k3v9zq-0001', status: 1001, msg: 'taken', data: {} } }],
    })
  })
})
