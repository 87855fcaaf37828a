import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { wideContract } from './contracts.ts'
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

describe.skipIf(skipped !== '')(`calls in the playground${skipped}`, { timeout: 120_000 }, () => {
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

  it('sends what the form says, pairs the reply, and shows pushes, errors and refusals', async () => {
    const { page, complaints } = await open(browser, served.url)
    await connected(page)
    await send(page, 'userinfo')
    await row(page, /userinfo 401 unauthenticated/).waitFor()
    await choose(page, 'register')
    await page.getByLabel('uid').fill('7')
    await page.keyboard.press('Control+Enter')
    await row(page, /register 0 ok [\d.]+ ms \d+ B/).waitFor()
    await row(page, /user_register/)
      .first()
      .waitFor()
    await send(page, 'chat.join', { room: 'lobby' })
    await row(page, /chat\.join 0 ok/).waitFor()
    await send(page, 'chat.history', { room: 'elsewhere' })
    await row(page, /chat\.history 1101 not_in_room/).waitFor()

    await row(page, /register 0 ok/).click()
    const chosen = page.getByRole('region', { name: 'Chosen message' })
    expect(await chosen.getByLabel('Sent message').innerText()).toMatch(
      /"cmd": "register",\s+"seqno": "\w{6}-\w{4}",\s+"data": {\s+"uid": 7/,
    )
    expect(await chosen.getByLabel('Received message').innerText()).toContain('"msg": "ok"')
    await chosen.getByRole('button', { name: 'Send again' }).click()
    await eventually(() => row(page, /register 0 ok/).count()).toBe(2)
    await chosen.getByRole('button', { name: 'Edit' }).click()
    await eventually(() => page.getByLabel('uid').inputValue()).toBe('7')
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it('says what the server would refuse, and sends it all the same', async () => {
    const { page } = await open(browser, `${served.url}#cmd=register&data=%7B%22uid%22%3A0%7D`)
    await connected(page)
    await page.getByText('1 problem; the server should refuse it').waitFor()
    await page.getByText('must be >= 1, got 0').waitFor()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await row(page, /register 400 bad_request/).waitFor()
    await choose(page, 'Raw message')
    await write(page, 'Message', 'garbage')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await row(page, /garbage/).waitFor()
    await row(page, /answers nothing/).waitFor()
    await page.context().close()
  })

  it('copies a call as client code, as a CLI line and as a link, which fills in and sends nothing', async () => {
    const { page } = await open(browser, served.url, { permissions: ['clipboard-read', 'clipboard-write'] })
    await connected(page)
    await choose(page, 'chat.send')
    await write(page, 'Data as JSON', '{"room":"lobby","content":{"kind":"text","text":"it\'s"},"quotes":2}')
    const copied = async (name: string): Promise<string> => {
      await page.getByRole('button', { name, exact: true }).first().click()
      await page.getByText('copied').first().waitFor()
      return page.evaluate(() => navigator.clipboard.readText())
    }
    expect(await copied('Copy as client code')).toBe(
      "await client.chat.send('lobby', { kind: 'text', text: 'it\\'s' }, { quotes: 2 })",
    )
    expect(await copied('Copy as CLI line')).toContain(
      `--data '{"room":"lobby","content":{"kind":"text","text":"it'\\''s"},"quotes":2}'`,
    )
    const link = await copied('Copy link')

    const other = await open(browser, link)
    await connected(other.page)
    await eventually(() => other.page.getByLabel('room').inputValue()).toBe('lobby')
    expect(await other.page.getByLabel('Kind of content').locator('option:checked').innerText()).toBe('text')
    expect(await row(other.page, /chat\.send/).count()).toBe(0)
    await Promise.all([page.context().close(), other.page.context().close()])
  })

  it('keeps its state across a reload: command, drafts, connections, filter, theme', async () => {
    const { page } = await open(browser, served.url)
    await choose(page, 'register')
    await page.getByLabel('uid').fill('42')
    await choose(page, 'chat.join')
    await page.getByLabel('room').fill('kitchen')
    await page.getByRole('button', { name: 'Connection', exact: true }).click()
    await page.getByLabel('Name of the connection').last().fill('Grace')
    await page.getByRole('button', { name: 'Heartbeats' }).click()
    await page.getByRole('button', { name: 'Theme: system' }).click()
    await page.reload()
    await eventually(() => page.getByLabel('room').inputValue()).toBe('kitchen')
    await eventually(() => page.getByLabel('Name of the connection').last().inputValue()).toBe('Grace')
    expect(await page.getByRole('button', { name: 'Heartbeats' }).getAttribute('aria-pressed')).toBe('false')
    await page.getByRole('button', { name: 'Theme: light' }).waitFor()
    await choose(page, 'register')
    await eventually(() => page.getByLabel('uid').inputValue()).toBe('42')
    await page.context().close()
  })

  it('paints 300 commands within a second and finds among them within 50 ms', async () => {
    const wide = await servePage({ contract: wideContract(300) })
    const { page } = await open(browser, wide.url)
    const paints: number[] = []
    for (let visit = 0; visit < 3; visit += 1) {
      await page.reload()
      await page.getByRole('searchbox').first().waitFor()
      paints.push(
        await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity),
      )
    }
    expect(Math.min(...paints)).toBeLessThan(1_000)
    const times: number[] = []
    for (const words of ['b', 'bi', 'bill', 'billing', 'error_117', 'number 42'])
      times.push(await timeToFilter(page, words))
    times.sort((one, other) => one - other)
    expect(times[Math.floor(times.length / 2)]).toBeLessThan(50)
    await page.getByRole('searchbox').first().fill('error_117')
    await page.getByText('1 command, 0 pushes').waitFor()
    await page.context().close()
    await wide.close()
  })
})

async function send(page: Page, cmd: string, data?: object): Promise<void> {
  await choose(page, cmd)
  if (data !== undefined) await write(page, 'Data as JSON', JSON.stringify(data))
  await page.getByRole('button', { name: 'Send', exact: true }).click()
}

/** Types into the JSON editor in the place of what is there. */
async function write(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(text)
}

/** Time from a key to the list that shows what was found, in ms, as the page itself measures it. */
function timeToFilter(page: Page, words: string): Promise<number> {
  return page.evaluate(async (text) => {
    const field = document.querySelector<HTMLInputElement>('#search') as HTMLInputElement
    const startMs = performance.now()
    field.value = text
    field.dispatchEvent(new Event('input', { bubbles: true }))
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
    return performance.now() - startMs
  }, words)
}
