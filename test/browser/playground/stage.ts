import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createPlayground, type PlaygroundOptions } from '@wsrv/playground'
import { type Browser, chromium, type Page } from 'playwright-core'
import { contract } from '../../../examples/quickstart/generated/contract.ts'
import { createQuickstartServer } from '../../../examples/quickstart/server.ts'
import { buildPage } from '../../../packages/playground/build-page.ts'
import { findBrowser } from '../find-browser.ts'

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

/** Serves the page over the quickstart's server, or over another. */
export async function serve(
  options: Partial<PlaygroundOptions> = {},
  attach: (http: HttpServer) => () => Promise<unknown> = attachQuickstart,
): Promise<Served> {
  const http = createHttpServer((request, response) => {
    if (!playground.handle(request, response)) response.writeHead(404).end('elsewhere')
  })
  const playground = createPlayground({ path: '/play', url: '/ws', contract, title: 'Quickstart', ...options })
  const stop = attach(http)
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

function attachQuickstart(http: HttpServer): () => Promise<unknown> {
  const server = createQuickstartServer(() => {})
  server.attach(http, { path: '/ws' })
  return () => server.close({ drainMs: 0 })
}

/** What a page said that it should not have. */
export interface Opened {
  readonly page: Page
  /** Errors of scripts, and refusals by the policy. */
  readonly complaints: string[]
}

/** Opens a page in a context of its own, and waits until it is connected. */
export async function open(
  browser: Browser,
  url: string,
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await page.goto(url)
  return { page, complaints }
}
