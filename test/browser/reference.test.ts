import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { command } from '@wsrv/schema'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createQuickstartServer } from '../../examples/quickstart/server.ts'
import { GoLikeServer } from '../../packages/client/test/go-like-server.ts'
import { generate } from '../../packages/codegen/src/generate.ts'
import * as chat from '../../schema/chat.ts'
import * as users from '../../schema/users.ts'
import { findBrowser } from './find-browser.ts'

const found = findBrowser()
const skipped = 'missing' in found ? ` (skipped: ${found.missing})` : ''

describe.skipIf(skipped !== '')(`the reference page in a real browser${skipped}`, { timeout: 60_000 }, () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: 'executablePath' in found ? found.executablePath : '',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    })
  }, 60_000)

  afterAll(async () => browser?.close())

  it('finds sections by names, errors, fields and words, and lists what it found', async () => {
    const page = await browser.newPage()
    await page.setContent(referencePage())
    const search = async (words: string) => {
      await page.getByRole('searchbox').fill(words)
      const shown = await page.locator('section:visible').evaluateAll((sections) => sections.map(({ id }) => id))
      const listed = await page
        .locator('nav li:visible a')
        .evaluateAll((links) => links.map((link) => link.getAttribute('title')))
      expect(listed.sort()).toEqual([...shown].sort())
      return shown
    }

    expect(await search('uid_taken')).toEqual(['register'])
    expect(await page.locator('nav h2:visible').allInnerTexts()).toEqual(['COMMANDS 6'])
    expect(await search('sentAtMs')).toEqual(['Message'])
    await page.getByRole('link', { name: 'Content', exact: true }).last().click()
    await page.locator('section#Content').waitFor()
    expect(await page.getByRole('searchbox').inputValue()).toBe('')
    expect(await search('bind user')).toEqual(['register'])
    expect(await search('nowhere')).toEqual([])
    expect(await page.getByText('Nothing found.').isVisible()).toBe(true)
    expect(await search('')).toContain('chat.message')
    await page.close()
  })

  it('shows one form of all examples, copies them, and opens the fields of a type in place', async () => {
    const page = await browser.newPage()
    await page.setContent(referencePage())
    const join = page.locator('section[id="chat.join"]')
    await join.getByRole('tab', { name: 'CLI' }).click()
    await page.keyboard.press('ArrowRight')
    expect(await page.getByRole('tab', { selected: true }).allInnerTexts()).toEqual(Array(10).fill('Wire'))
    await page.keyboard.press('ArrowLeft')
    expect(await page.locator('.panel:visible pre code').allInnerTexts()).toContain('wsrv call chat.join text')
    await join.locator('.panel:visible').getByRole('button', { name: 'Copy' }).click()
    await join.getByRole('button', { name: /Copied|Selected/ }).waitFor()

    const message = page.locator('section[id="Message"]')
    await message.getByText('fields of Content').click()
    expect(await message.locator('details[data-type=Content] .fields .name').first().innerText()).toBe('kind')
    await page.close()
  })

  it('has its index behind a button on a phone', async () => {
    const page = await browser.newPage({ viewport: { width: 390, height: 800 } })
    await page.setContent(referencePage())
    const nav = page.getByRole('navigation')
    expect(await nav.isVisible()).toBe(false)
    const button = page.getByRole('button', { name: 'Index' })
    await button.click()
    expect(await button.getAttribute('aria-expanded')).toBe('true')
    await nav
      .getByRole('link', { name: 'whoami' })
      .or(nav.getByRole('link', { name: 'userinfo' }))
      .first()
      .click()
    expect(await nav.isVisible()).toBe(false)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await page.close()
  })

  it('opens the namespaces of a long index for what is searched, and for where one is', async () => {
    const page = await browser.newPage()
    await page.setContent(referencePage({ ...users, ...chat, ...manyCommands() }))
    const group = page.locator('nav details', { hasText: 'area' }).first()
    const isOpen = () => group.evaluate((details) => details.hasAttribute('open'))
    expect(await isOpen()).toBe(false)
    await page.getByRole('searchbox').fill('area.c7')
    expect(await isOpen()).toBe(true)
    await page.getByRole('searchbox').fill('')
    expect(await isOpen()).toBe(false)
    await page.evaluate(() => location.assign('#area.c7'))
    await expect.poll(isOpen).toBe(true)
    await page.close()
  })

  it('is printed whole, every tab and every fold, and no page is left empty', async () => {
    const page = await browser.newPage()
    await page.setContent(referencePage())
    const pdf = (await page.pdf({ format: 'A4', tagged: false })).toString('latin1')
    const pages = pdf.match(/\/Type \/Page\b/g)?.length ?? 0
    expect(pages).toBeGreaterThan(2)
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    expect(await page.getByText('wsrv call chat.join text').isVisible()).toBe(true)
    expect(await page.locator('nav').isVisible()).toBe(false)
    // A page of A4 has some 1,000 px of text at this width: with nothing torn apart, it takes hardly more pages than that.
    await page.setViewportSize({ width: 718, height: 1_000 })
    const height = await page.evaluate(() => document.body.scrollHeight)
    expect(pages).toBeLessThanOrEqual(Math.ceil(height / 1_000) + 2)
    await page.close()
  })

  it('calls a server behind each command: its own host, or the one that is typed in, with or without extensions', async () => {
    const http = createServer((_request, response) =>
      response.setHeader('content-type', 'text/html').end(referencePage()),
    )
    const server = createQuickstartServer()
    server.attach(http, { path: '/ws' })
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    const hostile = '<img src=x onerror=document.title=1>'
    const old = await GoLikeServer.listen({ userinfo: () => ({ name: hostile }) })
    const page = await browser.newPage()
    const errors: Error[] = []
    page.on('pageerror', (error) => errors.push(error))
    await page.goto(`http://127.0.0.1:${(http.address() as AddressInfo).port}/`)
    const tryIt = async (cmd: string, fields: Readonly<Record<string, string>> = {}) => {
      const section = page.locator(`section[id="${cmd}"]`)
      const summary = section.locator('.try summary')
      if (!(await section.locator('.try form').isVisible())) await summary.click()
      for (const [label, value] of Object.entries(fields)) await section.getByLabel(label).fill(value)
      await section.getByRole('button', { name: 'Send' }).click()
      await section.locator('.said', { hasNotText: '…' }).waitFor()
      return section.locator('.try').innerText()
    }

    expect(await tryIt('userinfo')).toContain('401 register first')
    expect(await tryIt('register', { Data: '{"uid": 5' })).toContain('Data is not JSON')
    expect(await tryIt('register', { Data: '{"uid": 0}' })).toMatch(/400 .*[\s\S]*must be >= 1/)
    const registered = await tryIt('register', { Data: '{"uid": 5}' })
    expect(registered).toMatch(/0 ok, [\d.]+ ms/)
    expect(registered).toContain('⇠ user_register {"uid":5}')
    expect(await tryIt('userinfo')).toMatch(/0 ok[\s\S]*"uid": 5/)
    expect(server.sessions.size).toBe(1)

    expect(await tryIt('userinfo', { Server: old.url })).toContain(hostile)
    expect(await tryIt('register')).toContain('-1 not implement')
    expect(old.frames.map((frame) => JSON.parse(frame).cmd)).toEqual(['$hello', 'userinfo', 'register'])
    expect(await tryIt('userinfo', { Server: 'ws://127.0.0.1:1/ws' })).toContain('The connection ended: 1006')
    expect(await page.title()).not.toBe('1')
    expect(errors).toEqual([])
    await page.close()
    await old.close()
    await server.close({ drainMs: 0 })
  })
})

function referencePage(exports: Readonly<Record<string, unknown>> = { ...users, ...chat }): string {
  const config = { schema: '*.ts', docs: 'docs', title: 'Chat', version: '1.2.3' }
  const { files } = generate(config, [{ file: 'a.ts', exports }])
  return files.find(({ path }) => path === 'docs/index.html')?.text ?? ''
}

function manyCommands(): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Array.from({ length: 70 }, (_, at) => [`c${at}`, command({ cmd: `area.c${at}` })]))
}
