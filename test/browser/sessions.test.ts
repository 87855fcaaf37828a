import type { AddressInfo } from 'node:net'
import { WsrvClient } from '@wsrv/client'
import { until } from '@wsrv/testing'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Server } from '../../examples/quickstart/generated/server.ts'
import { createQuickstartServer } from '../../examples/quickstart/server.ts'
import { TcpProxy } from '../scenarios/tcp-proxy.ts'
import { findBrowser } from './find-browser.ts'
import { serveClientPage } from './page.ts'

const found = findBrowser({ isWhole: true })
const skipped = 'missing' in found ? ` (skipped: ${found.missing})` : ''
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']

/** As long as a tunnel; the time is waited, not worked. */
const OFFLINE_MS = 20_000

describe.skipIf(skipped !== '')(`a session in a real browser${skipped}`, { timeout: 90_000 }, () => {
  let browser: Browser
  let context: BrowserContext
  let server: Server
  let proxy: TcpProxy
  let bob: Talker
  let url: string
  const closers: (() => unknown)[] = []

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: 'executablePath' in found ? found.executablePath : '',
      args: FLAGS,
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
    })
  }, 60_000)

  beforeEach(async () => {
    const page = await serveClientPage()
    server = createQuickstartServer()
    server.attach(page.http, { path: '/ws' })
    const { port } = page.http.address() as AddressInfo
    proxy = await TcpProxy.listen(() => port)
    url = `http://127.0.0.1:${proxy.port}/`
    context = await browser.newContext()
    bob = new Talker(`ws://127.0.0.1:${port}/ws`)
    closers.push(
      () => page.close(),
      () => proxy.close(),
      () => server.close({ drainMs: 0 }),
      () => context.close(),
      () => bob.client.close(),
    )
  }, 30_000)

  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close()
  })

  afterAll(() => browser?.close())

  it('outlives 20 s offline during a chat: nothing is missing, nothing came twice, and the page was only reconnecting', async () => {
    const tab = await openTab(1001)
    await bob.enter()
    const sids = [...server.sessions.keys()]
    const talk = bob.talk(100)
    await until(() => bob.heard.length > 5, 'the chat goes on')
    proxy.blackhole()
    await tab.evaluate('void (window.sent = Promise.all([say("one"), say("two"), say("three")]))')
    const since = performance.now()
    await tab.waitForFunction("client.state !== 'open'")
    // Only now: a Chromium that is told so while its link works says goodbye, as if the page had left.
    await context.setOffline(true)
    await new Promise((resolve) => setTimeout(resolve, since + OFFLINE_MS - performance.now()))
    proxy.restore()
    await context.setOffline(false)
    await tab.evaluate('sent')
    await talk.stop()
    await tab.waitForFunction(`heard.length >= ${bob.heard.length}`, undefined, { timeout: 30_000 })

    const heard = (await tab.evaluate('heard')) as string[]
    expect(heard).toEqual(bob.heard)
    expect(heard.length).toBeGreaterThan(50)
    expect(heard.filter((text) => ['one', 'two', 'three'].includes(text))).toEqual(['one', 'two', 'three'])
    expect([...server.sessions.keys()]).toEqual(sids)
    expect(await tab.evaluate('({ changes, gaps, problems })')).toEqual({
      changes: [{ recovered: true }],
      gaps: [],
      problems: [],
    })
    const states = (await tab.evaluate('states')) as string[]
    expect([states.slice(0, 3), states.at(-1), states.includes('closed')]).toEqual([
      ['connecting', 'open', 'waiting'],
      'open',
      false,
    ])
  })

  it('of a tab is not that of its duplicate', async () => {
    const tab = await openTab(1001)
    await bob.enter()
    const opened = context.waitForEvent('page')
    await tab.evaluate('sessionStorage.setItem("kept", "1"); window.open(location.href)')
    const duplicate = await opened
    await duplicate.waitForFunction("typeof WsrvClient === 'function'")
    expect(await duplicate.evaluate('sessionStorage.getItem("kept")')).toBe('1')
    await duplicate.evaluate(start(1002))
    expect(server.sessions.size).toBe(3)
    await bob.say('both')
    for (const page of [tab, duplicate]) {
      await page.waitForFunction("heard.includes('both')")
      expect(await page.evaluate('({ states, changes })')).toEqual({ states: ['connecting', 'open'], changes: [] })
    }
  })

  it('comes back when its tab was frozen while the link was lost', async () => {
    const tab = await openTab(1001)
    await bob.enter()
    const sids = [...server.sessions.keys()]
    const devtools = await context.newCDPSession(tab)
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
    proxy.cut()
    for (const text of ['one', 'two', 'three']) await bob.say(text)
    await devtools.send('Page.setWebLifecycleState', { state: 'active' })
    await tab.waitForFunction('heard.length === 3', undefined, { timeout: 30_000 })
    expect(await tab.evaluate('({ heard, changes, gaps })')).toEqual({
      heard: ['one', 'two', 'three'],
      changes: [{ recovered: true }],
      gaps: [],
    })
    expect([...server.sessions.keys()]).toEqual(sids)
  })

  it('of a page that was left has ended: from the back-forward cache it returns with another by itself, and is told so', async () => {
    const tab = await openTab(1001)
    await bob.enter()
    await tab.goto(`${url}elsewhere`)
    await bob.say('missed')
    await tab.goBack({ waitUntil: 'commit' })
    expect(await tab.evaluate('window.isRestored')).toBe(true)
    await tab.waitForFunction("client.state === 'open' && changes.length > 0", undefined, { timeout: 30_000 })
    await bob.say('heard')
    await tab.waitForFunction('heard.length > 0')
    expect(await tab.evaluate('({ heard, changes, gaps })')).toEqual({
      heard: ['heard'],
      changes: [{ recovered: false, why: 'unknown' }],
      gaps: [{ why: 'lost' }],
    })
  })

  async function openTab(uid: number): Promise<Page> {
    const tab = await context.newPage()
    tab.on('pageerror', (error) => expect.fail(String(error)))
    await tab.goto(url)
    await tab.waitForFunction("typeof WsrvClient === 'function'")
    await tab.evaluate(start(uid))
    return tab
  }
})

/** What a page's own script does: a client in the lobby that notes all it is told. */
function start(uid: number): string {
  return `(async () => {
    Object.assign(window, { states: [], heard: [], changes: [], gaps: [], problems: [] })
    addEventListener('pageshow', ({ persisted }) => { window.isRestored = persisted })
    window.client = new WsrvClient(location.origin.replace('http', 'ws') + '/ws', {
      timeoutMs: 60_000,
      onProblem: ({ kind }) => kind === 'connect_failed' || problems.push(kind),
      setup: async ({ call }) => {
        await call({ cmd: 'register' }, { uid: ${uid} })
        await call({ cmd: 'chat.join' }, { room: 'lobby' })
      },
    })
    client.onState((state) => states.push(state))
    client.onSession((change) => changes.push(change))
    client.onGap('chat.message', (gap) => gaps.push(gap))
    for (const name of ['user_register', 'have_user_register', 'have_user_left']) client.on(name, () => {})
    client.on('chat.message', ({ content }) => heard.push(content.text))
    window.say = (text) => client.call({ cmd: 'chat.send' }, { room: 'lobby', content: { kind: 'text', text } })
    await client.connect()
  })()`
}

/** Another user, whose link is never lost: what it hears is what was said. */
class Talker {
  readonly client: WsrvClient<{ 'chat.message': { content: { text: string } } }>
  readonly heard: string[] = []

  constructor(url: string) {
    this.client = new WsrvClient(url, { lazy: true })
    this.client.on('chat.message', ({ content }) => this.heard.push(content.text))
  }

  async enter(): Promise<void> {
    await this.client.call({ cmd: 'register' }, { uid: 7 })
    await this.client.call({ cmd: 'chat.join' }, { room: 'lobby' })
  }

  async say(text: string): Promise<void> {
    await this.client.call({ cmd: 'chat.send' }, { room: 'lobby', content: { kind: 'text', text } })
  }

  /** Says a number every so many ms, until it is stopped. */
  talk(everyMs: number): { stop(): Promise<void> } {
    let count = 0
    let saying = Promise.resolve()
    const timer = setInterval(() => {
      count += 1
      const text = String(count)
      saying = saying.then(() => this.say(text)).catch(() => {})
    }, everyMs)
    return {
      stop: async () => {
        clearInterval(timer)
        await saying
      },
    }
  }
}
