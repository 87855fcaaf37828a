import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'

/**
 * A tab that can really be hidden, its timers throttled by the browser as in daily life.
 *
 * Speaks the DevTools protocol itself: the browser-driving library keeps every page visible, on purpose.
 */
export class HiddenTab {
  readonly #browser: ChildProcess
  readonly #devtools: WebSocket
  readonly #profile: string
  readonly #answers = new Map<number, (answer: Answer) => void>()
  #session = ''
  #lastId = 0

  private constructor(browser: ChildProcess, devtools: WebSocket, profile: string) {
    this.#browser = browser
    this.#devtools = devtools
    this.#profile = profile
    devtools.on('message', (bytes) => {
      const answer = JSON.parse(String(bytes)) as Answer
      if (answer.id !== undefined) this.#answers.get(answer.id)?.(answer)
    })
  }

  /** Starts a browser and opens a page in a visible tab. */
  static async open(executablePath: string, url: string): Promise<HiddenTab> {
    const profile = mkdtempSync(join(tmpdir(), 'wsrv-tab-'))
    const flags = [
      '--headless=new',
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
    ]
    const browser = spawn(executablePath, [
      ...flags,
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      'about:blank',
    ])
    const devtools = new WebSocket(await devtoolsUrl(browser))
    await new Promise((resolve) => devtools.once('open', resolve))
    const tab = new HiddenTab(browser, devtools, profile)
    const { targetId } = await tab.#send('Target.createTarget', { url })
    const { sessionId } = await tab.#send('Target.attachToTarget', { targetId, flatten: true })
    tab.#session = String(sessionId)
    return tab
  }

  /** Puts another tab in front; resolves when the page knows that it is hidden. */
  async hide(): Promise<void> {
    await this.#send('Target.createTarget', { url: 'about:blank' })
    await this.waitFor("document.visibilityState === 'hidden'")
  }

  /** The value of an expression in the page. */
  async evaluate(expression: string): Promise<unknown> {
    const params = { expression, returnByValue: true, awaitPromise: true }
    const { result, exceptionDetails } = await this.#send('Runtime.evaluate', params, this.#session)
    if (exceptionDetails !== undefined) throw new Error(`${expression}: ${JSON.stringify(exceptionDetails)}`)
    return (result as { value?: unknown }).value
  }

  /** Resolves when an expression in the page is true. */
  async waitFor(expression: string): Promise<void> {
    for (let attempt = 0; attempt < 500; attempt += 1) {
      if ((await this.evaluate(expression)) === true) return
    }
    throw new Error(`never true in the page: ${expression}`)
  }

  async close(): Promise<void> {
    const exited = new Promise((resolve) => this.#browser.once('exit', resolve))
    this.#devtools.terminate()
    this.#browser.kill()
    await exited
    // Its helper processes may outlive it for a moment and write once more; `rmSync` would not look again for what is new.
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 20 })
  }

  #send(method: string, params: object, sessionId?: string): Promise<Record<string, unknown>> {
    this.#lastId += 1
    const id = this.#lastId
    this.#devtools.send(JSON.stringify({ id, method, params, sessionId }))
    return new Promise((resolve, reject) => {
      this.#answers.set(id, ({ result, error }) => {
        this.#answers.delete(id)
        if (error === undefined) resolve(result ?? {})
        else reject(new Error(`${method}: ${error.message}`))
      })
    })
  }
}

interface Answer {
  readonly id?: number
  readonly result?: Record<string, unknown>
  readonly error?: { readonly message: string }
}

function devtoolsUrl(browser: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    browser.once('exit', () => reject(new Error(`the browser did not start: ${said}`)))
    browser.stderr?.on('data', (bytes) => {
      said += String(bytes)
      const url = /ws:\/\/\S+/.exec(said)?.[0]
      if (url !== undefined) resolve(url)
    })
  })
}
