import { once } from 'node:events'
import { silentLogger } from '@wsrv/testing'
import { chromium } from 'playwright-core'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { createConformanceServer } from '../conformance/contract.ts'
import { findBrowser } from './find-browser.ts'
import { HiddenTab } from './hidden-tab.ts'
import { serveClientPage } from './page.ts'

const found = findBrowser({ isWhole: true })
const skipped = 'missing' in found ? ` (skipped: ${found.missing})` : ''
const executablePath = 'executablePath' in found ? found.executablePath : ''
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking']

/** A browser slows a hidden tab's timers to one a second: these heartbeats would come too late for this limit. */
const LIMIT_MS = 800
const INTERVAL_MS = 250

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

describe.skipIf(skipped !== '')(`the client in a real browser${skipped}`, { timeout: 60_000 }, () => {
  it('keeps its session while the tab is hidden and its timers are throttled: the server pings', async () => {
    const page = await serveClientPage()
    closers.push(page.close)
    const server = createConformanceServer({ logger: silentLogger, heartbeatTimeoutMs: LIMIT_MS })
    server.attach(page.http, { path: '/ws' })
    closers.push(() => server.close({ drainMs: 0 }))
    const tab = await openClient(page.url, INTERVAL_MS)

    await expectThrottledLife(tab)
    expect(await tab.evaluate('states')).toEqual(['connecting', 'open'])
    expect(server.sessions.size).toBe(1)
  })

  it.each([
    ['answers −1', true],
    ['is not asked for extensions', false],
  ])(
    'keeps its connection to a server that never pings and %s: a worker’s timers are not throttled',
    async (_, extensions) => {
      const page = await serveClientPage()
      closers.push(page.close)
      const drops = serveLikeGo(page)
      const tab = await openClient(page.url, INTERVAL_MS, { extensions })

      await expectThrottledLife(tab)
      expect(await tab.evaluate('states')).toEqual(['connecting', 'open'])
      expect(drops.count).toBe(0)
    },
  )

  it('comes back at once when the browser is online again', async () => {
    const page = await serveClientPage()
    closers.push(page.close)
    const first = createConformanceServer({ logger: silentLogger })
    first.attach(page.http, { path: '/ws' })
    const browser = await chromium.launch({ executablePath, args: FLAGS })
    closers.push(() => browser.close())
    const context = await browser.newContext()
    const tab = await context.newPage()
    await tab.goto(page.url)
    // Without the event the next attempt is ten minutes away.
    await tab.evaluate(
      connect(INTERVAL_MS, { reconnect: { minDelayMs: 600_000, maxDelayMs: 600_000 }, random: '() => 0.99' }),
    )
    await tab.waitForFunction('client.state === "open"')

    await context.setOffline(true)
    await first.close({ drainMs: 0 })
    await tab.waitForFunction('client.state === "waiting"')
    const second = createConformanceServer({ logger: silentLogger })
    second.attach(page.http, { path: '/ws' })
    closers.push(() => second.close({ drainMs: 0 }))
    await context.setOffline(false)
    await tab.waitForFunction('client.state === "open"')
    expect(await tab.evaluate("client.call({ cmd: 'nothing' }, {})")).toBeNull()
  })

  it('names the line of the page that waits for a call that fails', async () => {
    const page = await serveClientPage()
    closers.push(page.close)
    serveLikeGo(page)
    const browser = await chromium.launch({ executablePath, args: FLAGS })
    closers.push(() => browser.close())
    const tab = await browser.newPage()
    await tab.goto(page.url)
    await tab.evaluate(connect(INTERVAL_MS))
    const stack = await tab.evaluate(`(async function pressed() {
      try { await client.call({ cmd: '$nothing' }, {}) } catch (error) { return error.stack }
    })()`)
    expect(stack).toMatch(/^CommandError: \[not_implemented\] \$nothing: not implement\n\s+at async pressed/)
  })

  it('works under a strict Content-Security-Policy', async () => {
    const page = await serveClientPage({ isStrict: true })
    closers.push(page.close)
    serveLikeGo(page)
    const browser = await chromium.launch({ executablePath, args: FLAGS })
    closers.push(() => browser.close())
    const tab = await browser.newPage()
    const errors: unknown[] = []
    tab.on('pageerror', (error) => errors.push(error))
    await tab.goto(page.url)
    await tab.evaluate(connect(INTERVAL_MS))
    await tab.waitForFunction('client.state === "open"')
    expect(await tab.evaluate("client.call({ cmd: 'echo' }, { n: 1 })")).toEqual({ n: 1 })
    expect(errors).toEqual([])
  })
})

/** An expression that connects `client`, notes its states and counts how often the page's own timers run. */
function connect(
  heartbeatIntervalMs: number,
  { random = 'Math.random', ...options }: { random?: string; reconnect?: object; extensions?: boolean } = {},
): string {
  const json = JSON.stringify({ heartbeatIntervalMs, ...options })
  return `(async () => {
    window.states = []
    window.ticks = 0
    setInterval(() => ticks++, 50)
    window.client = new WsrvClient(location.href.replace('http', 'ws') + 'ws', { ...${json}, random: ${random} })
    client.onState((state) => states.push(state))
    await client.connect()
  })()`
}

async function openClient(url: string, heartbeatIntervalMs: number, options: object = {}): Promise<HiddenTab> {
  const tab = await HiddenTab.open(executablePath, url)
  closers.push(() => tab.close())
  await tab.waitFor("typeof WsrvClient === 'function'")
  await tab.evaluate(connect(heartbeatIntervalMs, options))
  await tab.waitFor("client.state === 'open'")
  return tab
}

/** Hides the tab for five limits of real time and makes sure that its timers were slow all the while. */
async function expectThrottledLife(tab: HiddenTab): Promise<void> {
  await tab.hide()
  const before = Number(await tab.evaluate('ticks'))
  await new Promise((resolve) => setTimeout(resolve, 5 * LIMIT_MS))
  const ticksASecond = (Number(await tab.evaluate('ticks')) - before) / ((5 * LIMIT_MS) / 1_000)
  expect(ticksASecond).toBeLessThan(3)
}

/** A server without extensions or pings that drops whoever is silent for the limit. */
function serveLikeGo(page: { readonly http: import('node:http').Server }): { count: number } {
  const drops = { count: 0 }
  const server = new WebSocketServer({ server: page.http })
  server.on('connection', (socket) => {
    const drop = (): void => {
      drops.count += 1
      socket.terminate()
    }
    let timer = setTimeout(drop, LIMIT_MS)
    socket.on('close', () => clearTimeout(timer))
    socket.on('message', (bytes) => {
      clearTimeout(timer)
      timer = setTimeout(drop, LIMIT_MS)
      const text = String(bytes)
      if (text === '') return
      const { cmd, seqno, data } = JSON.parse(text)
      const status = cmd.startsWith('$') ? -1 : 0
      socket.send(
        JSON.stringify({
          cmd,
          seqno,
          status,
          msg: status === 0 ? 'ok' : 'not implement',
          data: status === 0 ? data : {},
        }),
      )
    })
  })
  closers.push(async () => {
    for (const socket of server.clients) socket.terminate()
    server.close()
    await once(server, 'close')
  })
  return drops
}
