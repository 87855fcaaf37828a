import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createPlayground, type PlaygroundOptions } from '@wsrv/playground'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import { expect } from 'vitest'
import { createQuickstartServer } from '../../examples/quickstart/server.ts'
import { buildPage } from '../../packages/playground/build-page.ts'
import { findBrowser } from '../browser/find-browser.ts'

const found = findBrowser()
export const skipped: string = 'missing' in found ? ` (skipped: ${found.missing})` : ''

/** A page served somewhere. */
export interface Served {
  readonly http: HttpServer
  /** Of the page. */
  readonly url: string
  close(): Promise<void>
}

/** Starts a browser, with the page built. */
export async function startBrowser(): Promise<Browser> {
  await buildPage()
  return chromium.launch({
    executablePath: 'executablePath' in found ? found.executablePath : '',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  })
}

/** Serves the quickstart and the page that drives it, as an application does. */
export async function serveQuickstart(): Promise<Served> {
  const http = createHttpServer((_request, response) => response.writeHead(404).end('elsewhere'))
  const server = createQuickstartServer(() => {})
  server.attach(http, { path: '/ws', playground: { path: '/play', title: 'Quickstart' } })
  return listen(http, () => server.close({ drainMs: 0 }))
}

/** Serves the page over anything else: a contract that nobody handles, or a server somewhere. */
export function servePage(options: Partial<PlaygroundOptions>, http: HttpServer = createHttpServer()): Promise<Served> {
  const playground = createPlayground({ path: '/play', url: '/ws', ...options })
  http.on('request', (request, response) => {
    if (!playground.handle(request, response)) response.writeHead(404).end('elsewhere')
  })
  return listen(http, () => {})
}

async function listen(http: HttpServer, stop: () => unknown): Promise<Served> {
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return {
    http,
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/play/`,
    close: async () => {
      await stop()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}

/** A page, and what it said that it should not have: errors of scripts, and refusals by the policy. */
export interface Opened {
  readonly page: Page
  readonly complaints: string[]
}

/** Opens a page in a context of its own. */
export async function open(
  browser: Browser,
  url: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await page.goto(url)
  await page.getByRole('banner').waitFor()
  return { page, complaints }
}

/** Waits until the first connection is open. */
export async function connected(page: Page): Promise<void> {
  await page.getByRole('status').getByText(/^open/).first().waitFor()
}

/** Chooses a command or push. */
export async function choose(page: Page, cmd: string): Promise<void> {
  await page
    .getByRole('region', { name: 'Commands and pushes' })
    .getByRole('button', { name: new RegExp(`^${cmd.replaceAll(/[.$]/g, '\\$&')}( deprecated)?$`) })
    .click()
}

/** A row of a timeline, by what it says. */
export function row(page: Page, text: RegExp): Locator {
  return page.getByRole('option', { name: text })
}

/** Writes a picture of the page where the tests' output is; it is looked at by people. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${PICTURES}/${name}.png`, animations: 'disabled' })
}

const PICTURES = `${import.meta.dirname}/output`

/** Expects of something what may take a while, on a busy machine. */
export const eventually = <T>(read: () => T): ReturnType<typeof expect.poll<T>> =>
  expect.poll(read, { timeout: 15_000 })
