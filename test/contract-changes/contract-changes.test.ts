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
import type { ChangeCase } from './case.ts'

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

  it('is judged right', () => {
    expect(changes.map(({ severity, id }) => `${severity} ${id}`)).toEqual(change.found)
    for (const { severity, breaks, suggestion } of changes) {
      expect(breaks.length > 0 && suggestion !== '').toBe(severity !== 'SAFE')
    }
  })

  const proof = proofOf(changes)
  if (proof === undefined) return
  it(`${proof} a client that was generated before it`, async () => {
    const deployed = change.deployed === undefined ? before : contractOf(change.deployed)
    const works = await runOldClient(file, { before: deployed, after, change })
    expect(works).toBe(proof === 'works for')
  })
})

/** What has to be shown: a BREAKING change breaks a deployed client, a SAFE one does not; REVIEW may do either. */
function proofOf(changes: readonly ContractChange[]): 'breaks' | 'works for' | undefined {
  if (changes.some(({ severity }) => severity === 'BREAKING')) return 'breaks'
  return changes.every(({ severity }) => severity === 'SAFE') ? 'works for' : undefined
}

function contractOf(exports: Readonly<Record<string, unknown>>): Contract {
  const { contract, problems } = buildContract([{ file: 'schema.ts', exports }])
  expect(problems).toEqual([])
  return contract
}

interface Versions {
  readonly before: Contract
  readonly after: Contract
  readonly change: ChangeCase
}

/** Whether a call of the old client on the new server gives what the old client was compiled for, push included. */
async function runOldClient(file: string, { before, after, change }: Versions): Promise<boolean> {
  const server = serve(after, change)
  const { port } = await server.listen(0)
  const client = await createOldClient(file, change, `ws://127.0.0.1:${port}`)
  try {
    const pushes: unknown[] = []
    client.on('news', (data) => pushes.push(data))
    const outcome = await call(client, change.sent ?? {})
    const expected = [
      accepts(before, outcome),
      ...expectedPushes(before).map((schema) => checks(schema, before, pushes[0])),
    ]
    return expected.every(Boolean)
  } finally {
    client.close()
    await server.close({ drainMs: 0 })
  }
}

/** What the new server does: pushes, then answers or fails, as the case says. */
function serve(contract: Contract, { answer = {}, error, pushed = {} }: ChangeCase) {
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

interface OldClient {
  readonly act: (...args: readonly unknown[]) => Promise<unknown>
  on(name: string, listener: (data: unknown) => void): () => void
  close(): void
}

async function createOldClient(
  file: string,
  { before, deployed = before }: ChangeCase,
  url: string,
): Promise<OldClient> {
  const config = { schema: 'schema.ts', client: `${file}/client.ts` }
  const { files } = generate(config, [{ file: 'schema.ts', exports: deployed }])
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const module = (await import(pathToFileURL(join(folder, config.client)).href)) as {
    createClient(url: string): OldClient
  }
  return module.createClient(url)
}

interface Outcome {
  readonly response?: unknown
  readonly error?: { readonly code: string; readonly data: unknown }
}

async function call(client: OldClient, sent: unknown): Promise<Outcome> {
  const hasRequest = Object.keys(sent as object).length > 0
  try {
    return { response: await (hasRequest ? client.act(sent) : client.act()) }
  } catch (error) {
    return { error: error as { code: string; data: unknown } }
  }
}

/** Whether an outcome is one that the old contract knows. */
function accepts(contract: Contract, { response, error }: Outcome): boolean {
  const act = contract.commands.find(({ cmd }) => cmd === 'act')
  if (act === undefined) return false
  if (error === undefined) return checks(act.response, contract, response)
  const known = act.errors[error.code]
  return known !== undefined && checks(known.data, contract, error.data)
}

function expectedPushes(contract: Contract): readonly JsonSchema[] {
  return contract.pushes.filter(({ cmd }) => cmd === 'news').map(({ data }) => data)
}

function checks(schema: JsonSchema, { types }: Contract, data: unknown): boolean {
  return Compile({ $defs: types, ...schema } as object).Check(data)
}
