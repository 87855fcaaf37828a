import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { open, type Served, serve, skipped, startBrowser } from './stage.ts'

describe.skipIf(skipped !== '')(`calls in the playground${skipped}`, { timeout: 60_000 }, () => {
  let browser: Browser
  let served: Served

  beforeAll(async () => {
    browser = await startBrowser()
    served = await serve()
  }, 60_000)

  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  it('sends what the form says, and shows request, response and push', async () => {
    const { page, complaints } = await open(browser, served.url)
    await page.getByRole('button', { name: 'register', exact: true }).click()
    await page.getByLabel('uid').fill('7')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page
      .getByRole('option', { name: /register.*0 ok/ })
      .first()
      .waitFor()
    await page
      .getByRole('option', { name: /user_register/ })
      .first()
      .waitFor()
    expect(complaints).toEqual([])
    await page.context().close()
  })
})
