import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatRecording, parseRecording, type RecordingLine } from '@wsrv/protocol/recording'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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

const folder = mkdtempSync(join(tmpdir(), 'wsrv-recordings-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe.skipIf(skipped !== '')(`the playground’s timeline${skipped}`, { timeout: 120_000 }, () => {
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

  it('holds 100,000 rows of which a screenful exists, and goes to any of them', async () => {
    const { page } = await open(browser, served.url)
    await importRecording(page, 'long.jsonl', longRecording(100_000))
    const list = page.getByRole('listbox', { name: 'Messages of connection long.jsonl' })
    await row(page, /chat\.message/)
      .first()
      .waitFor()
    await eventually(() => list.getByRole('option').last().getAttribute('aria-setsize')).toBe('100000')
    expect(await list.getByRole('option').count()).toBeLessThan(80)
    await list.focus()
    await page.keyboard.press('Home')
    await list
      .getByRole('option', { name: /userinfo/ })
      .first()
      .waitFor()
    expect(await list.getAttribute('aria-activedescendant')).toMatch(/-1$/)
    await page.keyboard.press('End')
    await expect
      .poll(() => list.evaluate(({ scrollTop, scrollHeight, clientHeight }) => scrollHeight - scrollTop - clientHeight))
      .toBeLessThan(60)
    expect(await list.locator('[aria-posinset="100000"]').count()).toBe(1)
    expect(await timeToScroll(page)).toBeLessThan(100)
    await page.context().close()
  })

  it('filters by kind, by failure and by words, and says when nothing is left', async () => {
    const { page } = await open(browser, served.url)
    await connected(page)
    await send(page, 'userinfo')
    await send(page, 'register')
    await row(page, /register 0 ok/).waitFor()
    await page.getByRole('button', { name: 'Failed only' }).click()
    await eventually(() => page.getByRole('option').count()).toBe(1)
    await row(page, /userinfo 401/).waitFor()
    await page.getByRole('button', { name: 'Failed only' }).click()
    await page.getByRole('button', { name: 'Protocol', exact: true }).click()
    await eventually(() => row(page, /\$hello/).count()).toBe(0)
    await page.getByLabel('Search messages').fill('user_register')
    await expect
      .poll(async () =>
        (await page.getByRole('option').allInnerTexts()).every((text) => text.includes('user_register')),
      )
      .toBe(true)
    await page.getByLabel('Search messages').fill('nowhere')
    await page.getByText('Nothing that the filter lets through.').waitFor()
    await page.context().close()
  })

  it('stands still while it is paused, and says how much came', async () => {
    const { page } = await open(browser, served.url)
    await connected(page)
    await page.getByRole('button', { name: 'Pause' }).click()
    const before = await page.getByRole('option').count()
    await send(page, 'userinfo')
    await page.getByText('1 more since the pause').waitFor()
    expect(await page.getByRole('option').count()).toBe(before)
    await page.getByRole('button', { name: 'Go on' }).click()
    await row(page, /userinfo/).waitFor()
    await page.getByRole('button', { name: 'Clear' }).click()
    await eventually(() => row(page, /userinfo/).count()).toBe(0)
    await page.context().close()
  })

  it('exports a recording without credentials, and shows it again when it is imported', async () => {
    const { page } = await open(browser, served.url, { acceptDownloads: true })
    await connected(page)
    await page.getByRole('button', { name: 'Connection details' }).click()
    await page.getByLabel('Credentials').fill('{"token":"secret"}')
    await page.getByRole('button', { name: 'present' }).click()
    await send(page, 'register')
    await row(page, /register 0 ok/).waitFor()
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export as a recording' }).click()
    const download = await downloading
    expect(download.suggestedFilename()).toMatch(/^wsrv-\d{4}-\d\d-\d\dT.*\.jsonl$/)
    const text = readFileSync(await download.path(), 'utf8')
    expect(text).not.toContain('secret')
    const { header, lines } = parseRecording(text)
    expect(header).toMatchObject({ url: expect.stringMatching(/^ws:.*\/ws$/), contract: expect.any(String) })
    expect(lines[0]).toMatchObject({ event: 'open' })
    const messages = lines.flatMap((line) =>
      'message' in line ? [line.message as { cmd: string; status?: number }] : [],
    )
    expect(messages.map(({ cmd }) => cmd)).toEqual(
      expect.arrayContaining(['$hello', '$ping', 'register', 'user_register', '$auth']),
    )

    await importRecording(page, 'again.jsonl', text)
    const list = page.getByRole('listbox', { name: 'Messages of connection again.jsonl' })
    await list.getByRole('option', { name: /register 0 ok/ }).waitFor()
    await importRecording(page, 'broken.jsonl', '{"wsrv":"recording"}')
    await page.getByText('recording, line 1: version must be 1').waitFor()
    await page.context().close()
  })

  it('folds heartbeats, groups a stream’s items under its call, and marks what answers nothing', async () => {
    const page = (await open(browser, served.url)).page
    const reply = (seqno: string, more: object) => ({
      from: 'server' as const,
      message: { cmd: 'export', seqno, status: 0, msg: 'ok', data: {}, ...more },
    })
    const lines: readonly RecordingLine[] = [
      { at: 0, from: 'client', message: { cmd: 'export', seqno: 'k3v9zq-0001', data: {} } },
      ...[1, 2, 3].map((at) => ({ at, ...reply('k3v9zq-0001', { status: 100, msg: 'item', data: [{ row: at }] }) })),
      { at: 9, ...reply('k3v9zq-0001', {}) },
      ...[10, 11, 12].map((at) => ({ at, from: 'client' as const, text: '' })),
      { at: 13, ...reply('k3v9zq-9999', {}) },
      { at: 14, event: 'close', code: 4408, reason: 'heartbeat timeout' },
    ]
    await importRecording(page, 'stream.jsonl', written(lines))
    const list = page.getByRole('listbox', { name: 'Messages of connection stream.jsonl' })
    await list.getByRole('option', { name: /3 × heartbeat/ }).waitFor()
    await list.getByRole('option', { name: /answers nothing/ }).waitFor()
    await list.getByRole('option', { name: /closed 4408 heartbeat timeout/ }).waitFor()
    const call = list.getByRole('option', { name: /export 3 × item · 0 ok 9/ })
    await call.click()
    await list.focus()
    await page.keyboard.press('ArrowRight')
    await eventually(() => list.getByRole('option', { name: /"row":/ }).count()).toBe(3)
    await page.keyboard.press('ArrowLeft')
    await eventually(() => list.getByRole('option', { name: /"row":/ }).count()).toBe(0)
    await page.context().close()
  })
})

/** Without a server: what a page shows of connections that cannot be made. */
describe.skipIf(skipped !== '')(`the playground without a server${skipped}`, { timeout: 120_000 }, () => {
  it('says that it cannot connect, and tries again', async () => {
    const browser = await startBrowser()
    const served = await servePage({ url: '/nowhere' })
    const { page } = await open(browser, served.url)
    await row(page, /closed 1006/)
      .first()
      .waitFor()
    await page
      .getByRole('status')
      .getByText(/^reconnecting · 1006/)
      .waitFor()
    await eventually(() => row(page, /closed 1006/).count()).toBeGreaterThan(1)
    await browser.close()
    await served.close()
  })
})

async function send(page: Page, cmd: string): Promise<void> {
  await choose(page, cmd)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
}

async function importRecording(page: Page, name: string, text: string): Promise<void> {
  const path = join(folder, name)
  writeFileSync(path, text)
  await page.getByLabel('Recording to import').setInputFiles(path)
}

function written(lines: readonly RecordingLine[]): string {
  return formatRecording({ header: { wsrv: 'recording', version: 1, startedAt: '2026-01-31T12:00:00.000Z' }, lines })
}

/** One call that is answered, and pushes, as many rows in all. */
function longRecording(rows: number): string {
  const reply = (cmd: string, seqno: string, data: object) => ({ cmd, seqno, status: 0, msg: 'ok', data })
  return written([
    { at: 0, from: 'client', message: { cmd: 'userinfo', seqno: 'k3v9zq-0001', data: {} } },
    { at: 1, from: 'server', message: reply('userinfo', 'k3v9zq-0001', {}) },
    ...Array.from({ length: rows - 1 }, (_, index): RecordingLine => {
      return { at: index + 2, from: 'server', message: reply('chat.message', 'a1b2c3d4', { id: index }) }
    }),
  ])
}

/** Median time that a jump through a long list takes until its rows are there, in ms. */
function timeToScroll(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const list = [...document.querySelectorAll<HTMLElement>('[role=listbox]')].at(-1) as HTMLElement
    const times: number[] = []
    for (let jump = 1; jump <= 15; jump += 1) {
      const startMs = performance.now()
      list.scrollTop = (list.scrollHeight / 16) * jump
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
      times.push(performance.now() - startMs)
    }
    return times.sort((one, other) => one - other)[7] as number
  })
}
