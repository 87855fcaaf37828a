import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ContractChange } from '@wsrv/codegen'
import { compareContracts, generate } from '@wsrv/codegen/api'
import { buildContract, type Contract, type JsonSchema } from '@wsrv/schema'
import { type ApiShape, createServer, type HandlersOf } from '@wsrv/server'
import { Compile } from 'typebox/compile'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChangeCase, Conversation } from './case.ts'

const CASES = join(import.meta.dirname, 'cases')
const ROOT = join(import.meta.dirname, '../..')

const cases = await Promise.all(
  readdirSync(CASES).map(async (file) => {
    const { change } = (await import(pathToFileURL(join(CASES, file)).href)) as { change: ChangeCase }
    return { name: file.replace(/^\d+-|\.ts$/g, '').replaceAll('-', ' '), file, change }
  }),
)

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wsrv-changes-'))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
})
afterAll(() => rmSync(folder, { recursive: true }))

it('has at least forty cases', () => {
  expect(cases.length).toBeGreaterThanOrEqual(40)
})

describe.each(cases)('$name', ({ file, change }) => {
  const before = contractOf(change.before)
  const after = contractOf(change.after)
  const changes = compareContracts(before, after)
  const deployed = change.deployed ?? change.before

  it('is judged right', () => {
    expect(changes.map(textOf)).toEqual(change.found)
    for (const { severity, breaks, suggestion } of changes) {
      expect(breaks.length > 0 && suggestion !== '').toBe(severity !== 'SAFE')
    }
  })

  const outcome = outcomeForClients(changes)
  if (outcome !== undefined) {
    it(`${outcome} a client that was generated before it`, async () => {
      const works = await converse(`${file}/old`, {
        client: { exports: deployed, contract: contractOf(deployed) },
        server: after,
        said: change,
      })
      expect(works).toBe(outcome === 'works for')
    })
  }

  const isFirst = changes.some(({ deployFirst }) => deployFirst === 'servers')
  if (!isFirst && change.atOldServer === undefined) return
  it(`${isFirst ? 'breaks' : 'works for'} a client that was generated after it at a server that was before`, async () => {
    const client = { exports: change.after, contract: after }
    const works = await converse(`${file}/new`, { client, server: before, said: change.atOldServer ?? change })
    expect(works).toBe(!isFirst)
  })
})

function textOf({ severity, id, deployFirst }: ContractChange): string {
  return `${severity} ${id}${deployFirst === undefined ? '' : ', servers first'}`
}

/** What has to be shown: BREAKING breaks deployed clients; where REVIEW is about them, only a person can tell. */
function outcomeForClients(changes: readonly ContractChange[]): 'breaks' | 'works for' | undefined {
  if (changes.some(({ severity }) => severity === 'BREAKING')) return 'breaks'
  return changes.some(({ breaks }) => breaks.includes('deployed client')) ? undefined : 'works for'
}

function contractOf(exports: Readonly<Record<string, unknown>>): Contract {
  const { contract, problems } = buildContract([{ file: 'schema.ts', exports }])
  expect(problems).toEqual([])
  return contract
}

interface Peers {
  readonly client: { readonly exports: ChangeCase['before']; readonly contract: Contract }
  readonly server: Contract
  readonly said: Conversation
}

/** Whether a call of a client of one version at a server of the other gives what it was compiled for, push included. */
async function converse(
  name: string,
  { client: { exports, contract }, server: served, said }: Peers,
): Promise<boolean> {
  expectHonest(served, said)
  const server = serve(served, said)
  const { port } = await server.listen(0)
  const client = await createClientOf(name, exports, `ws://127.0.0.1:${port}`)
  try {
    const pushes: unknown[] = []
    client.on('news', (data) => pushes.push(data))
    const { called = 'act', sent = {} } = said
    const outcome = await call(client, called, sent)
    const expected = [
      accepts(contract, called, outcome),
      ...expectedPushes(contract).map((schema) => checks(schema, contract, pushes[0])),
    ]
    return expected.every(Boolean)
  } finally {
    client.close()
    await server.close({ drainMs: 0 })
  }
}

/** A server that answers against its own contract would fail for another reason than the one that is to be shown. */
function expectHonest(contract: Contract, { called = 'act', answer = {}, error }: Conversation): void {
  const command = contract.commands.find(({ cmd }) => cmd === called)
  if (command !== undefined && error === undefined) expect(checks(command.response, contract, answer)).toBe(true)
}

/** What the server does: pushes, then answers or fails, as the case says. */
function serve(contract: Contract, { answer = {}, error, pushed = {} }: Conversation) {
  const hasPush = contract.pushes.some(({ cmd }) => cmd === 'news')
  const handle = (c: AnyContext) => {
    if (hasPush) c.push('news', pushed)
    return error === undefined ? answer : c.error(...error)
  }
  const handlers = Object.fromEntries(contract.commands.map(({ cmd }) => [cmd, handle]))
  return createServer<ApiShape>(contract, { handlers: handlers as unknown as HandlersOf<ApiShape> })
}

interface AnyContext {
  push(name: string, data: unknown): void
  error(name: string, data: unknown): unknown
}

type Method = (...args: readonly unknown[]) => Promise<unknown>

interface Client extends Readonly<Record<string, unknown>> {
  on(name: string, listener: (data: unknown) => void): () => void
  close(): void
}

async function createClientOf(name: string, exports: ChangeCase['before'], url: string): Promise<Client> {
  const config = { schema: 'schema.ts', client: `${name}/client.ts` }
  const { files } = generate(config, [{ file: 'schema.ts', exports }])
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const module = (await import(pathToFileURL(join(folder, config.client)).href)) as {
    createClient(url: string): Client
  }
  return module.createClient(url)
}

interface Outcome {
  readonly response?: unknown
  readonly error?: { readonly code: string; readonly data: unknown }
}

async function call(client: Client, cmd: string, sent: unknown): Promise<Outcome> {
  const hasRequest = Object.keys(sent as object).length > 0
  const method = client[cmd.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())] as Method
  try {
    return { response: await (hasRequest ? method(sent) : method()) }
  } catch (error) {
    return { error: error as { code: string; data: unknown } }
  }
}

/** Whether an outcome is one that the client's contract knows. */
function accepts(contract: Contract, called: string, { response, error }: Outcome): boolean {
  const act = contract.commands.find(({ cmd }) => cmd === called)
  if (act === undefined) return false
  if (error === undefined) return checks(act.response, contract, response)
  const known = act.errors[error.code]
  return known !== undefined && checks(known.data, contract, error.data)
}

function expectedPushes(contract: Contract): readonly JsonSchema[] {
  return contract.pushes.filter(({ cmd }) => cmd === 'news').map(({ data }) => data)
}

function checks(schema: JsonSchema, { types }: Contract, data: unknown): boolean {
  return Compile(opened({ $defs: types, ...schema })).Check(data)
}

/** A schema as a client is compiled for it: what it does not know does not hurt it. */
function opened(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"additionalProperties":false', '"additionalProperties":true'))
}
