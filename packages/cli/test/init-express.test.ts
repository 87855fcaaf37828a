import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createTempProject, ROOT, type TempProject } from '../../codegen/test/temp-project.ts'

const LISTEN = 'app.listen(0, function () { console.log(this.address().port) })'
const APP = `const app = express()
app.get('/health', (_request, response) => response.json({ isWell: true }))
const httpServer = ${LISTEN}
`
const APPS = {
  module: `import express from 'express'\n${APP}`,
  commonjs: `const express = require('express')\n${APP}`,
}
const CALL = `import { createClient } from './src/wsrv/generated/client.ts'
const client = createClient(process.argv[2])
client.hello('Ada').then(({ greeting }) => console.log(greeting)).finally(() => client.close())
`

let project: TempProject
const running = new Set<ChildProcess>()
afterEach(() => {
  for (const child of running) child.kill()
  running.clear()
  project.delete()
})

/** A project whose node_modules hold express and what init asks for. */
function createExpressProject(type: keyof typeof APPS): void {
  const manifest = { name: 'shop', type, scripts: { start: 'node app.js' }, dependencies: { express: '^5.0.0' } }
  project = createTempProject({
    'package.json': JSON.stringify(manifest),
    'app.js': APPS[type],
    'views/index.html': '<p>',
  })
  project.remove('node_modules')
  const link = (from: string, name: string): void => {
    const path = join(project.root, 'node_modules', name)
    mkdirSync(dirname(path), { recursive: true })
    symlinkSync(join(ROOT, from, name), path)
  }
  for (const name of ['@wsrv', 'tsx', 'typebox', '@types']) link('node_modules', name)
  link('packages/cli/node_modules', 'express')
}

/** Starts an app that prints its port; resolves with that. */
function start(...args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: project.root, stdio: ['ignore', 'pipe', 'inherit'] })
  running.add(child)
  return new Promise((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(Number(data)))
    child.once('exit', (code) => reject(new Error(`the app exited with ${code}`)))
  })
}

async function health(port: number): Promise<unknown> {
  return (await fetch(`http://127.0.0.1:${port}/health`)).json()
}

describe('wsrv init beside an Express app', () => {
  it.each(['module', 'commonjs'] as const)(
    'of type "%s" leaves it working, and serves beside it',
    { timeout: 60_000 },
    async (type) => {
      createExpressProject(type)
      const before = project.files().map((path) => [path, project.read(path)] as const)
      const { exitCode, out } = await project.run('init', '--no-install')
      expect(exitCode).toBe(0)
      for (const [path, text] of before)
        if (path !== 'package.json') expect([path, project.read(path)]).toEqual([path, text])
      const [name, own] = before.find(([path]) => path === 'package.json') ?? []
      expect(JSON.parse(project.read(name as string))).toMatchObject(JSON.parse(own as string))
      expect(await health(await start('app.js'))).toEqual({ isWell: true })

      expect((await project.run('codegen')).exitCode).toBe(0)
      const at = out.indexOf('Beside the app that you have, started with node --import tsx:')
      const [imports = '', attaches = ''] = out.slice(at + 1).map((line) => line.trim())
      expect(attaches).toContain('app.listen(3000)')
      const text = APPS[type].replace(`const httpServer = ${LISTEN}`, attaches.replace('app.listen(3000)', LISTEN))
      project.write('app.js', `${imports}\n${text}`)
      project.write('call.mts', CALL)
      const port = await start('--import', 'tsx', 'app.js')
      expect(await health(port)).toEqual({ isWell: true })
      const call = spawnSync(process.execPath, ['--import', 'tsx', 'call.mts', `ws://127.0.0.1:${port}/ws`], {
        cwd: project.root,
        encoding: 'utf8',
        timeout: 15_000,
      })
      expect(`${call.stdout}${call.stderr}`).toBe('Hello, Ada!\n')
    },
  )
})
