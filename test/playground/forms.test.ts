import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FORMS } from './contracts.ts'
import { choose, eventually, type Opened, open, type Served, servePage, skipped, startBrowser } from './stage.ts'

describe.skipIf(skipped !== '')(`forms in the playground${skipped}`, { timeout: 120_000 }, () => {
  let browser: Browser
  let served: Served
  let opened: Opened
  let page: Page

  beforeAll(async () => {
    browser = await startBrowser()
    served = await servePage({ contract: FORMS })
    opened = await open(browser, served.url)
    page = opened.page
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })

  it('ask for nested objects, and for what is optional only when it is wanted', async () => {
    await choose(page, 'nested')
    await page.getByLabel('name', { exact: true }).fill('Ada')
    await page.getByLabel('city', { exact: true }).fill('London')
    await eventually(data).toEqual({ user: { name: 'Ada', address: { city: 'London' } } })
    await page.getByRole('button', { name: 'zip' }).click()
    await page.getByLabel('zip', { exact: true }).fill('N1')
    await eventually(data).toEqual({ user: { name: 'Ada', address: { city: 'London', zip: 'N1' } } })
    await page.getByRole('button', { name: 'Remove zip' }).click()
    await eventually(data).toEqual({ user: { name: 'Ada', address: { city: 'London' } } })
  })

  it('grow and shrink lists, and check each item', async () => {
    await choose(page, 'list')
    for (const _ of [1, 2, 3]) await page.getByRole('button', { name: 'Add an item to tags' }).click()
    expect(await page.getByRole('button', { name: 'Add an item to tags' }).isDisabled()).toBe(true)
    await page.getByLabel('tags 1', { exact: true }).fill('ab')
    await page.getByLabel('tags 3', { exact: true }).fill('c')
    await page.getByRole('button', { name: 'Remove tags 2' }).click()
    await eventually(data).toEqual({ tags: ['ab', 'c'] })
    await eventually(() => issueOf('tags 2')).toBe('must not have fewer than 2 characters, got "c"')
    expect(await page.getByLabel('tags 2', { exact: true }).getAttribute('aria-invalid')).toBe('true')
  })

  it('have a field for each place of a tuple', async () => {
    await choose(page, 'tuple')
    await page.getByLabel('point 2', { exact: true }).fill('-4')
    await eventually(data).toEqual({ point: [0, -4] })
  })

  it('know which alternative is meant, switch between them and keep what both have', async () => {
    await choose(page, 'tagged')
    await page.getByLabel('text', { exact: true }).fill('hi')
    await eventually(data).toEqual({ content: { kind: 'text', text: 'hi' } })
    await page.getByLabel('Kind of content').selectOption('image')
    await page.getByLabel('url', { exact: true }).fill('nowhere')
    await eventually(() => issueOf('url')).toBe('must match format "uri", got "nowhere"')
    await write('{"content":{"kind":"image","url":"https://a.b/","alt":"x"}}')
    await eventually(() => page.getByLabel('alt', { exact: true }).inputValue()).toBe('x')
    await choose(page, 'plain_union')
    await page.getByLabel('Kind of id').selectOption('string')
    await page.getByLabel('id', { exact: true }).fill('x7')
    await eventually(data).toEqual({ id: 'x7' })
  })

  it('offer enums, constants, null, switches and makers of values', async () => {
    await choose(page, 'choices')
    await page.getByLabel('color').selectOption('green')
    await page.getByLabel('size').selectOption('2')
    await eventually(data).toEqual({ color: 'green', size: 2 })
    await choose(page, 'nullable')
    await eventually(data).toEqual({ nick: null, age: null })
    await page.getByLabel('nick is null').uncheck()
    await page.getByLabel('nick', { exact: true }).fill('Al')
    await page.getByLabel('age is null').uncheck()
    await page.getByLabel('age', { exact: true }).fill('30')
    await eventually(data).toEqual({ nick: 'Al', age: 30 })
    await choose(page, 'formats')
    await page.getByRole('button', { name: 'now' }).click()
    await page.getByRole('button', { name: 'new' }).click()
    await page.getByRole('button', { name: 'on', exact: true }).click()
    await page.getByRole('switch', { name: 'on' }).check()
    await eventually(data).toEqual({
      at: expect.stringMatching(/^2\d{3}-.*Z$/),
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      on: true,
    })
    await page.getByText('Matches the contract').waitFor()
  })

  it('leave out what has a default, and say which', async () => {
    await choose(page, 'defaults')
    await eventually(data).toEqual({})
    await page.getByText('Matches the contract').waitFor()
    await page.getByRole('button', { name: 'limit' }).click()
    await eventually(() => page.getByLabel('limit', { exact: true }).inputValue()).toBe('20')
    await page.getByLabel('limit', { exact: true }).fill('1.5')
    await eventually(() => issueOf('limit')).toBe('must be integer, got 1.5')
    await page.getByLabel('limit', { exact: true }).fill('1x')
    await eventually(data).toEqual({ limit: '1x' })
    await eventually(() => issueOf('limit')).toBe('must be integer, got "1x"')
  })

  it('take names of properties that the schema leaves open, __proto__ among them', async () => {
    await choose(page, 'record')
    for (const name of ['red', '__proto__']) {
      await page.getByLabel('Name of a new property of data').fill(name)
      await page.keyboard.press('Enter')
    }
    await page.getByLabel('red', { exact: true }).fill('3')
    await eventually(text).toContain('"red": 3')
    await eventually(text).toContain('"__proto__": 0')
  })

  it('go as deep as a recursive type is filled in', async () => {
    await choose(page, 'recursive')
    for (const _ of [1, 2, 3]) {
      await page.getByRole('button', { name: 'children', exact: true }).click()
      await page
        .getByRole('button', { name: /^Add an item/ })
        .first()
        .click()
    }
    await page.getByLabel('name', { exact: true }).last().fill('leaf')
    await eventually(async () => JSON.stringify(await data())).toContain('"children":[{"name":"leaf"}]')
  })

  it('take JSON where a schema says nothing, and say when it is none', async () => {
    await choose(page, 'anything')
    await page.getByLabel('value', { exact: true }).fill('[1, {"a": null}]')
    await eventually(data).toEqual({ value: [1, { a: null }] })
    await page.getByLabel('value', { exact: true }).fill('[1')
    await page.getByText('Not JSON').waitFor()
    await eventually(data).toEqual({ value: [1, { a: null }] })
  })

  it('follow the JSON beside them, and keep their values while it is none', async () => {
    await choose(page, 'nested')
    await write('{"user":{"name":"Grace","address":{"city":"NY"}}')
    expect(await page.getByText(/^Not JSON:/).innerText()).toMatch(/position|end|line/i)
    expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true)
    await page.getByLabel('Data as JSON').press('End')
    await page.keyboard.insertText('}')
    await eventually(() => page.getByLabel('name', { exact: true }).inputValue()).toBe('Grace')
    await page.getByRole('button', { name: 'Reset the data' }).click()
    await eventually(data).toEqual({ user: { name: '', address: { city: '' } } })
  })

  it('show what is deprecated, under a former name, too', async () => {
    await choose(page, 'old')
    await page.getByText('Deprecated. Use nested.').waitFor()
    await page.getByText('Was called older before, which is still answered.').waitFor()
    expect(opened.complaints.filter((complaint) => !/WebSocket/.test(complaint))).toEqual([])
  })

  const text = () => page.getByLabel('Data as JSON').innerText()
  const data = async (): Promise<unknown> => JSON.parse(await text())
  const write = async (json: string): Promise<void> => {
    await page.getByLabel('Data as JSON').click()
    await page.keyboard.press('Control+a')
    await page.keyboard.insertText(json)
  }
  const issueOf = async (label: string): Promise<string | undefined> => {
    const described = (await page.getByLabel(label, { exact: true }).getAttribute('aria-describedby')) ?? ''
    const issue = page.locator(`[id="${described.split(' ').at(-1)}"]`)
    return issue.innerText()
  }
})
