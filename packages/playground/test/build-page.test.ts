import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { buildApart } from '../build-page.ts'

it('a build leaves NODE_ENV as it was: a server that starts behind it is not one in production, which has no playground', async () => {
  const root = mkdtempSync(join(tmpdir(), 'wsrv-build-'))
  onTestFinished(() => {
    vi.unstubAllEnvs()
    rmSync(root, { recursive: true })
  })
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>page</title>')
  for (const before of [undefined, 'development']) {
    vi.stubEnv('NODE_ENV', before)
    await buildApart({ root, configFile: false, logLevel: 'silent' })
    expect(process.env['NODE_ENV']).toBe(before)
  }
})
