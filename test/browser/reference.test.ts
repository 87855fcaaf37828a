import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
      expect(await page.locator('nav li:visible').allInnerTexts()).toEqual(shown)
      return shown
    }

    expect(await search('uid_taken')).toEqual(['register'])
    expect(await page.locator('nav h2:visible').allInnerTexts()).toEqual(['COMMANDS'])
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
})

function referencePage(): string {
  const config = { schema: '*.ts', docs: 'docs', title: 'Chat', version: '1.2.3' }
  const { files } = generate(config, [{ file: 'a.ts', exports: { ...users, ...chat } }])
  return files.find(({ path }) => path === 'docs/index.html')?.text ?? ''
}
