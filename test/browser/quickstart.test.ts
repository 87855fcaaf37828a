import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Quickstart, serveQuickstart } from '../../examples/quickstart/serve.ts'
import { findBrowser } from './find-browser.ts'

const found = findBrowser()
const skipped = 'missing' in found ? ` (skipped: ${found.missing})` : ''

describe.skipIf(skipped !== '')(`the quickstart page in a real browser${skipped}`, { timeout: 60_000 }, () => {
  let quickstart: Quickstart
  let browser: Browser

  beforeAll(async () => {
    quickstart = await serveQuickstart(0, () => {})
    browser = await chromium.launch({
      executablePath: 'executablePath' in found ? found.executablePath : '',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    })
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    await quickstart?.close()
  })

  it('lets two tabs log in, see each other and chat', async () => {
    const one = await open(1001)
    const two = await open(1002)
    await one.getByText('user 1002', { exact: true }).waitFor()
    await two.getByText('user 1002 (you)').waitFor()

    await say(two, 'anybody here?')
    await one.getByText('anybody here?').waitFor()
    await say(one, 'I am')
    await two.getByText('I am').waitFor()
    expect(await two.locator('#messages li').allInnerTexts()).toEqual(['user 1002\nanybody here?', 'user 1001\nI am'])
    expect(await two.locator('#messages li.mine').count()).toBe(1)
    await two.close()
    await one.locator('#online').getByText('user 1002').waitFor({ state: 'detached' })
    expect(await one.locator('#online li').allInnerTexts()).toEqual(['user 1001 (you)'])
    await one.close()
  })

  it('shows the contract’s error to somebody whose user is taken', async () => {
    const one = await open(7)
    const two = await open(7)
    await two.getByText('Another connection is bound to this user.').waitFor()
    expect(await two.locator('#chat').isVisible()).toBe(false)
    await Promise.all([one.close(), two.close()])
  })

  async function open(uid: number): Promise<Page> {
    const page = await browser.newPage()
    page.on('pageerror', (error) => expect.fail(String(error)))
    await page.goto(quickstart.url)
    await page.getByLabel('User id').fill(String(uid))
    await page.getByRole('button', { name: 'Log in' }).click()
    return page
  }

  async function say(page: Page, text: string): Promise<void> {
    await page.getByLabel('Message').fill(text)
    await page.getByRole('button', { name: 'Send' }).click()
  }
})
