import { execFileSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A browser to drive, or why there is none. */
export type Browser = { readonly executablePath: string } | { readonly missing: string }

/** Has no windows, so takes half the CPU of the whole browser, and hides no tab. */
const SHELL = 'chromium-headless-shell'
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge']
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * Finds an installed Chromium (`CHROME_PATH` first), else installs Debian's where that is possible, else says why not.
 *
 * @param options.isWhole asks for one that has tabs to hide; the headless shell will not do.
 */
export function findBrowser({ isWhole = false } = {}): Browser {
  const found = (isWhole ? undefined : findInstalled([SHELL])) ?? findInstalled(NAMES)
  if (found !== undefined) return { executablePath: found }
  const problem = installFromDebian()
  const installed = findInstalled(NAMES)
  if (installed !== undefined) return { executablePath: installed }
  return { missing: `no Chromium: none of ${NAMES.join(', ')} is on the PATH, CHROME_PATH is not set, and ${problem}` }
}

function findInstalled(names: readonly string[]): string | undefined {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
  return [process.env['CHROME_PATH'] ?? '', ...onPath, ...(names === NAMES ? ELSEWHERE : [])].find(isExecutable)
}

function isExecutable(path: string): boolean {
  if (path === '') return false
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function installFromDebian(): string {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root on Debian could install it here'
  try {
    execFileSync('apt-get', ['update'], { stdio: 'ignore', timeout: 120_000 })
    execFileSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', SHELL], {
      stdio: 'ignore',
      timeout: 300_000,
    })
    return 'apt-get installed something else'
  } catch (error) {
    return `apt-get could not install it (${error instanceof Error ? error.message.split('\n')[0] : String(error)})`
  }
}
