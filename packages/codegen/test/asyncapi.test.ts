import { Parser } from '@asyncapi/parser'
import { command, push } from '@wsrv/schema'
import { Type } from 'typebox'
import { describe, expect, it } from 'vitest'
import * as chat from '../../../schema/chat.ts'
import * as users from '../../../schema/users.ts'
import type { Config } from '../src/config/config.ts'
import { generate } from '../src/generate.ts'
import { everyConstruct } from './constructs.ts'

const config = { schema: 'schema/*.ts', docs: 'docs', title: 'Chat', version: '1.2.3' }

function documentOf(
  exports: Readonly<Record<string, unknown>>,
  more: Partial<Config> = {},
  file = 'asyncapi.json',
): string {
  const { files, diagnostics } = generate({ ...config, ...more }, [{ file: 'schema/a.ts', exports }])
  expect(diagnostics).toEqual([])
  return files.find(({ path }) => path === `docs/${file}`)?.text ?? ''
}

/** What the official parser finds, of any severity; that there is a newer version of AsyncAPI is no finding. */
async function findingsOf(text: string): Promise<readonly string[]> {
  const { diagnostics } = await new Parser().parse(text)
  return diagnostics
    .filter(({ code }) => code !== 'asyncapi-latest-version')
    .map(({ message, path }) => `${path.join('.')}: ${message}`)
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
    const { asyncapi, info, operations, channels, components } = JSON.parse(documentOf(exports))
    expect(asyncapi).toBe('3.0.0')
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
    expect(channels.wsrv.messages.RegisterRequest).toEqual({ $ref: '#/components/messages/RegisterRequest' })
    const { RegisterRequest, RegisterTakenError } = components.messages
    expect(RegisterRequest.examples[0].payload).toEqual({ cmd: 'register', seqno: 'k3v9zq-0001', data: { uid: 1 } })
    expect(RegisterTakenError).toMatchObject({
      summary: 'Taken.',
      examples: [{ payload: { cmd: 'register', seqno: 'k3v9zq-0001', status: 1001, msg: 'taken', data: {} } }],
    })
  })
  it('has a twin for clients, which sends what the server receives', async () => {
    const exports = { register: command({ request: Type.Object({ uid: Type.Integer() }) }), left: push({}) }
    const twin = documentOf(exports, {}, 'asyncapi-client.json')
    const { operations, components } = JSON.parse(twin)
    expect(operations).toMatchObject({
      Register: { action: 'send', reply: { messages: [{ $ref: '#/channels/wsrv/messages/RegisterResponse' }] } },
      LeftPush: { action: 'receive' },
    })
    expect(components).toEqual(JSON.parse(documentOf(exports)).components)
    expect(await findingsOf(twin)).toEqual([])
  })

  it('names every schema, and takes the seqno for what correlates', () => {
    const User = Type.Object({ name: Type.String() })
    const exports = {
      User,
      userinfo: command({ response: User }),
      rename: command({ request: Type.Object({ to: Type.String() }) }),
    }
    const { components } = JSON.parse(documentOf(exports))
    expect(Object.keys(components.schemas).sort()).toEqual(
      [
        ...['RenameRequest', 'RenameRequestData', 'RenameResponse', 'RenameResponseData', 'User'],
        ...['UserinfoRequest', 'UserinfoRequestData', 'UserinfoResponse'],
      ].sort(),
    )
    expect(components.schemas.UserinfoResponse.properties.data).toEqual({ $ref: '#/components/schemas/User' })
    expect(components.schemas.RenameRequest).toMatchObject({
      required: ['cmd', 'seqno', 'data'],
      properties: { cmd: { const: 'rename' }, data: { $ref: '#/components/schemas/RenameRequestData' } },
    })
    expect(components.messages.RenameRequest).toMatchObject({
      correlationId: { $ref: '#/components/correlationIds/seqno' },
      payload: { $ref: '#/components/schemas/RenameRequest' },
    })
    expect(components.correlationIds.seqno.location).toBe('$message.payload#/seqno')
  })

  it('says where servers are, what they want to know, and that the channel is a WebSocket', async () => {
    const servers = {
      production: { url: 'wss://api.example.org/ws', auth: 'A token of the shop.', description: 'The shop.' },
      local: 'ws://127.0.0.1:8800/ws',
    }
    const text = documentOf({ ping: command({}) }, { servers })
    const document = JSON.parse(text)
    expect(document.servers).toEqual({
      production: {
        ...{ host: 'api.example.org', protocol: 'wss', description: 'The shop.' },
        security: [{ $ref: '#/components/securitySchemes/production' }],
      },
      local: { host: '127.0.0.1:8800', protocol: 'ws' },
    })
    expect(document.channels.wsrv).toMatchObject({ address: '/ws', bindings: { ws: { method: 'GET' } } })
    expect(document.components.securitySchemes.production.description).toContain('A token of the shop.')
    expect(await findingsOf(text)).toEqual([])
    const apart = JSON.parse(
      documentOf({ ping: command({}) }, { servers: { ...servers, old: 'ws://old.example.org/' } }),
    )
    expect(apart.servers).toMatchObject({ production: { pathname: '/ws' }, old: { pathname: '/' } })
  })

  it('titles the variants of a type by what tells them apart', () => {
    const { Content } = JSON.parse(documentOf({ ...chat })).components.schemas
    expect(Content.anyOf.map(({ title }: { readonly title: string }) => title)).toEqual([
      ...['ContentText', 'ContentImage', 'ContentPoll'],
    ])
  })

  it('ends where a type needs itself', async () => {
    const Tree = {
      $id: 'Tree',
      type: 'object',
      required: ['left', 'kids', 'up'],
      properties: {
        left: { anyOf: [{ $ref: 'Tree' }, { type: 'null' }] },
        kids: { type: 'array', items: { $ref: 'Tree' } },
        up: { type: 'object', required: ['tree'], properties: { tree: { anyOf: [{ $ref: 'Tree' }, { const: 0 }] } } },
      },
    }
    const Endless = { $id: 'Endless', type: 'object', required: ['next'], properties: { next: { $ref: 'Endless' } } }
    const text = documentOf({ Tree, Endless, tree: push({ data: Tree }), endless: push({ data: Endless }) })
    const { components } = JSON.parse(text)
    expect(components.messages.TreePush.examples[0].payload.data).toMatchObject({ left: { left: null }, up: {} })
    expect(components.schemas.Endless.properties.next).toEqual({ $ref: '#/components/schemas/Endless' })
    expect(await findingsOf(text)).toEqual([])
  })
})
