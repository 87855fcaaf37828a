import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createWsrv } from '@wsrv/server'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { contract } from '../../examples/quickstart/generated/contract.ts'
import { GoLikeServer } from '../../packages/client/test/go-like-server.ts'
import {
  choose,
  connected,
  eventually,
  open,
  row,
  type Served,
  servePage,
  serveQuickstart,
  skipped,
  startBrowser,
} from './stage.ts'

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

describe.skipIf(skipped !== '')(`connections of the playground${skipped}`, { timeout: 120_000 }, () => {
  let browser: Browser
  let served: Served

  beforeAll(async () => {
    browser = await startBrowser()
    served = await serveQuickstart()
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  it('say who serves, by which contract, and how long a round trip takes', async () => {
    const { page } = await open(browser, served.url)
    await connected(page)
    await page.getByRole('button', { name: 'Connection details' }).click()
    await page.getByText(/^wsrv-ts\//).waitFor()
    await page.getByText('the same as the server’s').waitFor()
    await page.getByText(/^Round trips: [\d.]+ ms at best/).waitFor()
    expect(await page.locator('canvas').count()).toBe(1)
    await page.context().close()
  })

  it('lie side by side: two users chat', async () => {
    const { page } = await open(browser, served.url)
    await connected(page)
    await page.getByRole('button', { name: 'Connection', exact: true }).click()
    await page.getByLabel('Name of the connection').last().fill('Grace')
    await eventually(() => page.getByRole('status').getByText(/^open/).count()).toBe(2)
    for (const [alt, uid] of [
      ['Alt+1', '1'],
      ['Alt+2', '2'],
    ] as const) {
      await page.keyboard.press(alt)
      await call(page, 'register', { uid: Number(uid) })
      await call(page, 'chat.join', { room: 'lobby' })
    }
    await page.keyboard.press('Alt+1')
    expect(await page.getByLabel('Send on connection').locator('option:checked').innerText()).toBe('A')
    await call(page, 'chat.send', { room: 'lobby', content: { kind: 'text', text: 'hello, Grace' } })
    const other = page.getByRole('region', { name: 'Connection Grace' })
    await other.getByRole('option', { name: /chat\.message/ }).click()
    await other.getByLabel('Received message').getByText('hello, Grace').waitFor()
    await page.getByRole('button', { name: 'Remove connection Grace' }).click()
    expect(await page.getByRole('listbox').count()).toBe(1)
    await page.context().close()
  })

  it('can be dropped, and come back to their session', async () => {
    const { page } = await open(browser, served.url)
    await connected(page)
    await call(page, 'register', { uid: 31 })
    await page.getByRole('button', { name: 'Drop the link' }).click()
    await row(page, /closed/).waitFor()
    await eventually(() => row(page, /connected/).count()).toBe(2)
    await page.getByRole('button', { name: 'Connection details' }).click()
    await page.getByText(/^\w+, resumed once$/).waitFor()
    await call(page, 'userinfo', {})
    await page.getByRole('button', { name: 'Connection details' }).click()
    await page.getByRole('button', { name: 'Disconnect' }).click()
    await page.getByRole('status').getByText('closed · 1000').waitFor()
    await page.getByRole('button', { name: 'Connect', exact: true }).click()
    await connected(page)
    await page.context().close()
  })

  it('can go silent, until the server drops them, and send afterwards what waited', async () => {
    const strict = await StrictServer.listen()
    const page = (await openPage(await servePage({ contract, url: strict.url }))).page
    await connected(page)
    await page.getByRole('button', { name: 'Connection details' }).click()
    await page.getByRole('switch', { name: 'Go silent' }).check()
    await choose(page, 'who_is_online')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await row(page, /closed 4408/)
      .first()
      .waitFor()
    await page
      .getByRole('status')
      .getByText(/1 waiting/)
      .waitFor()
    await page.getByRole('switch', { name: 'Go silent' }).uncheck()
    await row(page, /who_is_online 0 ok/).waitFor()
    await page.context().close()
    await strict.close()
  })

  it('can hold heartbeats and pings, until the server drops them', async () => {
    const strict = await StrictServer.listen()
    const page = (await openPage(await servePage({ contract, url: strict.url }))).page
    await connected(page)
    await page.getByRole('button', { name: 'Connection details' }).click()
    await row(page, /heartbeat|ping/)
      .first()
      .waitFor()
    expect(await row(page, /closed/).count()).toBe(0)
    await page.getByRole('switch', { name: 'Hold heartbeats' }).check()
    await row(page, /closed 4408/)
      .first()
      .waitFor()
    await page.context().close()
    await strict.close()
  })

  it('can read slowly, so that the server’s messages wait', async () => {
    const { page } = await open(browser, served.url)
    await connected(page)
    await page.getByRole('button', { name: 'Connection details' }).click()
    await page.getByLabel('Read', { exact: true }).selectOption('a message a second')
    for (const _ of [1, 2, 3]) await call(page, 'who_is_online', {}, false)
    expect(await row(page, /who_is_online …/).count()).toBeGreaterThan(0)
    await page.getByLabel('Read', { exact: true }).selectOption('at full speed')
    await eventually(() => row(page, /who_is_online 401/).count()).toBe(3)
    await page.context().close()
  })

  it('work where the browser has no WebSocketStream: what is read slowly only shows late', async () => {
    const context = await browser.newContext()
    await context.addInitScript('delete globalThis.WebSocketStream')
    const page = await context.newPage()
    await page.goto(served.url)
    await connected(page)
    await page.getByRole('button', { name: 'Connection details' }).click()
    await page.getByTitle(/messages only show late/).waitFor()
    await page.getByLabel('Read', { exact: true }).selectOption('nothing')
    await call(page, 'who_is_online', {}, false)
    await row(page, /who_is_online …/).waitFor()
    await page.getByLabel('Read', { exact: true }).selectOption('at full speed')
    await row(page, /who_is_online 401/).waitFor()
    await page.getByRole('button', { name: 'Drop the link' }).click()
    await eventually(() => row(page, /connected/).count()).toBe(2)
    await context.close()
  })

  it('speak the base protocol to a server that knows no more: $hello alone, then one call at a time', async () => {
    let waiting = 0
    let most = 0
    const old = await GoLikeServer.listen({
      who_is_online: async () => {
        waiting += 1
        most = Math.max(most, waiting)
        await new Promise((resolve) => setTimeout(resolve, 50))
        waiting -= 1
        return { users: [] }
      },
    })
    const page = (await openPage(await servePage({ contract, url: old.url }))).page
    await connected(page)
    await choose(page, 'who_is_online')
    for (const _ of [1, 2, 3]) await page.keyboard.press('Control+Enter')
    // Nothing comes after the last answer that would draw its row by the way.
    await expect.poll(() => row(page, /who_is_online 0 ok/).count(), { timeout: 5_000 }).toBe(3)
    expect(most).toBe(1)
    const sent = old.frames.map((frame) => (frame === '' ? '' : JSON.parse(frame).cmd))
    expect(sent.filter((cmd) => cmd.startsWith('$'))).toEqual(['$hello'])
    expect(sent[0]).toBe('$hello')
    await page.getByRole('button', { name: 'Connection details' }).click()
    await page.getByText('base protocol: no extensions, one call at a time').waitFor()
    await page.context().close()
    await old.close()
  })

  it('show which commands differ when the server means another contract', async () => {
    const { hashes } = contract
    const commands = { ...hashes?.commands, register: 'other' }
    const newer = { ...contract, hashes: { hash: 'newer', commands } }
    const page = (await openPage(await servePage({ contract }, serving(createWsrv(newer, { logger: silent }))))).page
    await connected(page)
    await page.getByRole('button', { name: 'Connection details' }).click()
    await page.getByText(/is not the server’s newer: differs in register/).waitFor()
    await page.context().close()
  })

  it('present credentials to the server, and keep them in this tab only', async () => {
    const guarded = createWsrv(contract, {
      logger: silent,
      authenticate: (c) => (c.auth === 'good' ? c.accept() : c.refuse('unauthenticated', 'token expired')),
    })
    const page = (await openPage(await servePage({ contract }, serving(guarded)))).page
    await row(page, /\$hello 401/).waitFor()
    await page.getByRole('button', { name: 'Connection details' }).click()
    await page.getByLabel('Credentials').fill('good')
    await page.getByRole('button', { name: 'present' }).click()
    await row(page, /\$hello 0 ok/).waitFor()
    expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('good')
    await page.reload()
    await row(page, /\$hello 0 ok/).waitFor()
    await page.context().close()
  })

  const openPage = (page: Served) => open(browser, page.url)
})

async function call(page: Page, cmd: string, data: object, isAnswered = true): Promise<void> {
  const answered = row(page, new RegExp(`^.*${cmd.replace('.', '\\.')} 0 ok`))
  const before = await answered.count()
  await choose(page, cmd)
  await page.getByLabel('Data as JSON', { exact: true }).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(JSON.stringify(data))
  await page.keyboard.press('Control+Enter')
  if (isAnswered) await eventually(() => answered.count()).toBe(before + 1)
}

/** A server that closes with 4408 after two seconds without a message: it counts no pongs, and sends no pings. */
class StrictServer {
  readonly #server: WebSocketServer

  private constructor(server: WebSocketServer) {
    this.#server = server
    server.on('connection', (socket) => {
      const late = (): void => socket.close(4408, 'heartbeat timeout')
      let timer = setTimeout(late, 2_000)
      socket.on('close', () => clearTimeout(timer))
      socket.on('message', (payload) => {
        clearTimeout(timer)
        timer = setTimeout(late, 2_000)
        if (String(payload) === '') return
        const { cmd, seqno } = JSON.parse(String(payload))
        const data =
          cmd === '$hello' ? { server: 'strict', heartbeatTimeoutMs: 2_000, maxMessageBytes: 1_000, cancel: false } : {}
        socket.send(JSON.stringify({ cmd, seqno, status: 0, msg: 'ok', data }))
      })
    })
  }

  static async listen(): Promise<StrictServer> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    await new Promise((resolve) => server.once('listening', resolve))
    return new StrictServer(server)
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }
}

function serving(server: { attach(http: HttpServer, options: object): void }): HttpServer {
  const http = createServer()
  server.attach(http, { path: '/ws' })
  return http
}
