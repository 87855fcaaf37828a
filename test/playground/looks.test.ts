import { createServer } from 'node:http'
import type { Contract } from '@wsrv/schema'
import { createServer as createWsrv } from '@wsrv/server'
import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { command, object, wideContract } from './contracts.ts'
import {
  choose,
  connected,
  eventually,
  type Opened,
  open,
  picture,
  row,
  type Served,
  servePage,
  serveQuickstart,
  skipped,
  startBrowser,
} from './stage.ts'

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

describe.skipIf(skipped !== '')(`how the playground looks and reads${skipped}`, { timeout: 120_000 }, () => {
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

  it.each(['light', 'dark'] as const)('has nothing serious for axe in the %s', async (colorScheme) => {
    const { page } = await open(browser, served.url, { colorScheme })
    await talk(page)
    await picture(page, colorScheme)
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
    expect(await violations(page)).toEqual([])
    await page.context().close()
  })

  it('fits a phone, one part at a time', async () => {
    const { page } = await open(browser, served.url, {
      viewport: { width: 390, height: 844 },
      hasTouch: true,
    })
    const parts = page.getByRole('navigation', { name: 'Parts of the page' })
    await parts.getByRole('button', { name: 'Commands' }).click()
    await picture(page, 'phone-commands')
    await choose(page, 'chat.send')
    await picture(page, 'phone-call')
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await parts.getByRole('button', { name: 'Timeline' }).click()
    await row(page, /chat\.send 400/).click()
    await picture(page, 'phone-timeline')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    await page.context().close()
  })

  it('shows 300 commands, and errors of every kind', async () => {
    const wide = await servePage({ contract: wideContract(300), title: 'Wide' })
    const wideOpened = await open(browser, wide.url)
    await wideOpened.page.getByRole('searchbox').first().fill('billing')
    await picture(wideOpened.page, '300-commands')
    await wideOpened.page.context().close()
    await wide.close()
    const { page } = await open(browser, served.url)
    await connected(page)
    await choose(page, 'chat.send')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await choose(page, 'chat.history')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await row(page, /chat\.history 400/).click()
    await page.getByRole('button', { name: 'Drop the link' }).click()
    await row(page, /closed 4012/).waitFor()
    await picture(page, 'errors')
    await page.context().close()
  })

  it('works by the keyboard alone', async () => {
    const { page } = await open(browser, served.url)
    await connected(page)
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key)
    }
    await press('/')
    await page.keyboard.type('register bind')
    await press('ArrowDown', 'Enter')
    await eventually(() => page.evaluate(() => document.activeElement?.id)).toBe('field/uid')
    await press('Control+a')
    await page.keyboard.type('31')
    await press('Control+Enter')
    await row(page, /register 0 ok/).waitFor()
    await press('Escape')
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await press('t', 'End', 'ArrowUp', 'ArrowUp', 'ArrowDown')
    const chosen = page.getByRole('region', { name: 'Chosen message' })
    await chosen.waitFor()
    await press('Home', 'ArrowDown', 'Enter')
    await eventually(() => page.evaluate(() => document.activeElement?.closest('.inspector') !== null)).toBe(true)
    await press('Escape')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('listbox')
    await press('p')
    await page.getByRole('button', { name: 'Go on' }).waitFor()
    await press('p', '?')
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
    await press('Escape')
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor({ state: 'hidden' })
    await everythingIsReached(page)
    await page.context().close()
  })

  it('makes no HTML of anything that comes from the wire or the contract', async () => {
    const hostile = await serveHostile()
    const { page, complaints }: Opened = await open(browser, hostile.url)
    await page.evaluate(() =>
      Object.assign(window, { alert: () => document.body.setAttribute('data-broken-into', '') }),
    )
    await connected(page)
    await choose(page, 'evil')
    await page.getByText(EVIL).first().waitFor()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await row(page, /evil 0 ok/).click()
    await row(page, /onerror/)
      .first()
      .waitFor()
    await page.getByRole('region', { name: 'Chosen message' }).getByText('onerror').first().waitFor()
    expect(await page.locator('img, iframe, script:not([src]), body[data-broken-into]').count()).toBe(0)
    expect(complaints).toEqual([])
    await page.context().close()
    await hostile.close()
  })

  it('asks no other host for anything', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    const hosts = new Set<string>()
    page.on('request', (request) => hosts.add(new URL(request.url()).host))
    page.on('websocket', (socket) => hosts.add(new URL(socket.url()).host))
    await page.goto(served.url)
    await connected(page)
    expect([...hosts]).toEqual([new URL(served.url).host])
    await context.close()
  })

  it('is blocked from connecting anywhere else', async () => {
    const { page } = await open(browser, served.url)
    const refused = await page.evaluate(
      () =>
        new Promise((resolve) => {
          document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => resolve(violatedDirective))
          void new WebSocket('ws://127.0.0.1:9/').url
        }),
    )
    expect(refused).toBe('connect-src')
    await page.context().close()
  })
})

/** A contract without types. */
interface AnyApi {
  commands: Record<string, { request: object; response: Record<string, unknown>; errors: Record<never, never> }>
  pushes: Record<string, object>
  session: object
}

const EVIL = '<img src=x onerror=alert(1)>"><script>alert(2)</script>{{7*7}}</style>'

/** A server whose contract and answers try to become HTML, or objects' own members. */
async function serveHostile(): Promise<Served> {
  const contract: Contract = {
    commands: [
      command('evil', {
        description: EVIL,
        deprecated: EVIL,
        request: object({
          [EVIL]: { type: 'string', description: EVIL, default: EVIL },
          'constructor?': { type: 'string', title: EVIL },
        }),
        // Open, so that the server sends what it does not declare.
        response: { type: 'object', additionalProperties: true },
        errors: { [EVIL]: { status: 1_001, description: EVIL, data: object({ [EVIL]: { enum: [EVIL] } }) } },
      }),
    ],
    pushes: [{ cmd: EVIL, description: EVIL, data: { type: 'object', additionalProperties: true } }],
    types: { [EVIL]: object({}) },
  }
  const http = createServer()
  const server = createWsrv<AnyApi>(contract, { logger: silent })
  server.handle('evil', (c) => {
    c.push(EVIL, { [EVIL]: EVIL })
    return { [EVIL]: EVIL, __proto__: { polluted: true } }
  })
  server.attach(http, { path: '/ws' })
  return servePage({ contract, title: EVIL }, http)
}

/** A conversation worth a picture. */
async function talk(page: Page): Promise<void> {
  await connected(page)
  await page.getByLabel('Name of the connection').fill('Ada')
  await page.getByRole('button', { name: 'Connection', exact: true }).click()
  await page.getByLabel('Name of the connection').last().fill('Grace')
  await eventually(() => page.getByRole('status').getByText(/^open/).count()).toBe(2)
  for (const [key, uid] of [
    ['Alt+1', 1],
    ['Alt+2', 2],
  ] as const) {
    await page.keyboard.press(key)
    await call(page, 'register', { uid })
    await call(page, 'chat.join', { room: 'lobby' })
  }
  await call(page, 'chat.history', { room: 'kitchen' })
  await page.keyboard.press('Alt+1')
  await call(page, 'chat.send', {
    room: 'lobby',
    content: { kind: 'poll', question: 'Lunch at noon?', options: ['yes', 'no'] },
  })
  await page.getByRole('region', { name: 'Connection Ada' }).getByRole('button', { name: 'Connection details' }).click()
  await page
    .getByRole('region', { name: 'Connection Grace' })
    .getByRole('option', { name: /chat\.message/ })
    .click()
}

async function call(page: Page, cmd: string, data: object): Promise<void> {
  await choose(page, cmd)
  await page.getByLabel('Data as JSON', { exact: true }).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(JSON.stringify(data, undefined, 2))
  await page.keyboard.press('Control+Enter')
}

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } }
    interface Violation {
      readonly id: string
      readonly impact: string
      readonly nodes: { readonly html: string; readonly failureSummary: string }[]
    }
    const { violations } = await axe.run()
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`))
  })
}

/** Tab comes by every control that can be seen, and by nothing else. */
async function everythingIsReached(page: Page): Promise<void> {
  const unreached = await page.evaluate(() => {
    const controls = 'button:not(:disabled), input:not(.hidden), select, textarea, summary, [role=listbox], .cm-content'
    return [...document.querySelectorAll<HTMLElement>(controls)]
      .filter((control) => control.offsetParent !== null && control.tabIndex < 0 && !control.isContentEditable)
      .map((control) => control.outerHTML.slice(0, 200))
  })
  expect(unreached).toEqual([])
}
