import { spawn, spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createTempProject, ROOT, type TempProject } from '../../codegen/test/temp-project.ts'

let project: TempProject
afterEach(() => project.delete())

const BIN = join(ROOT, 'packages/cli/src/bin.ts')

/** Runs a script of the project's package.json as its package manager would, with this workspace's `wsrv`. */
function commandOf(name: string): readonly string[] {
  const script: string = JSON.parse(project.read('package.json')).scripts[name]
  const own = `node --import tsx ${BIN}`
  return ['-c', script.replace(/\bwsrv codegen\b/, `${own} codegen`).replace(/(?<=&& )tsx /, 'node --import tsx ')]
}

function runScript(name: string) {
  return spawnSync('sh', commandOf(name), { cwd: project.root, encoding: 'utf8' })
}

describe('wsrv init', () => {
  it('gives an empty folder a passing test and a running server', { timeout: 240_000 }, async () => {
    project = createTempProject({})
    project.remove('package.json')
    const { exitCode, out } = await project.run('init', '--no-install')
    expect(exitCode).toBe(0)
    expect(out.slice(-2)).toEqual([
      expect.stringMatching(/^ {2}\w+ install && \w+ run test {2}a client greets a real server$/),
      expect.stringMatching(/^ {2}\w+ run start +serves ws:\/\/127\.0\.0\.1:8800$/),
    ])
    const test = runScript('test')
    expect(`${test.stdout}${test.stderr}`).toMatch(/# pass 1\n# fail 0/)
    expect(test.status).toBe(0)
    const types = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['--noEmit'], { cwd: project.root, encoding: 'utf8' })
    expect(types.stdout).toBe('')
    expect(await startAndSee()).toContain('listening on ws://127.0.0.1:')
  })

  it('leaves an existing project as it was but for what it lacks', async () => {
    const manifest = {
      name: 'shop',
      scripts: { start: 'node app.js', test: 'node --test app.test.js' },
      dependencies: { express: '^5.0.0', typebox: '^1.0.0' },
    }
    project = createTempProject({
      'package.json': `${JSON.stringify(manifest, null, 4)}\n`,
      'pnpm-lock.yaml': '',
      'app.js': 'export {}\n',
      'tsconfig.json': '{}\n',
    })
    const { out } = await project.run('init', '--no-install')
    expect(out).toContain('created wsrv.config.mjs')
    expect(out.at(-6)).toMatch(/^ {2}pnpm install && pnpm run wsrv:test/)
    expect(project.read('tsconfig.json')).toBe('{}\n')
    expect(project.read('app.js')).toBe('export {}\n')
    const text = project.read('package.json')
    expect(text).toContain('\n    "scripts"')
    const planned = JSON.parse(text)
    expect(planned).toMatchObject(manifest)
    expect(Object.keys(planned.scripts)).toEqual(['start', 'test', 'wsrv:test', 'wsrv:start'])
    expect(runScript('wsrv:test').status).toBe(0)
  })

  it('does not ask twice for a package that the project has for development', async () => {
    project = createTempProject({
      'package.json': '{ "devDependencies": { "@wsrv/server": "file:../server" }, "dependencies": { "tsx": "4" } }',
    })
    await project.run('init', '--no-install')
    const { dependencies, devDependencies } = JSON.parse(project.read('package.json'))
    expect(devDependencies).toMatchObject({ '@wsrv/server': 'file:../server' })
    expect(Object.keys(dependencies)).not.toContain('@wsrv/server')
    expect(Object.keys(devDependencies)).not.toContain('tsx')
  })

  it('says what it would do in a dry run, and does nothing', async () => {
    project = createTempProject({})
    const before = project.files()
    const { exitCode, out } = await project.run('init', '--dry-run')
    expect(exitCode).toBe(0)
    expect(out).toEqual(
      expect.arrayContaining([
        'would change package.json',
        '  +    "@wsrv/server": "^0.1.0",',
        'would create src/wsrv/server.ts',
        expect.stringMatching(/^would run \w+ install, wsrv codegen$/),
      ]),
    )
    expect(project.files()).toEqual(before)
  })

  it('puts the server where it is told to', async () => {
    project = createTempProject({})
    await project.run('init', '--no-install', '--into', 'api/ws')
    expect(project.read('wsrv.config.ts')).toContain("server: 'api/ws/generated/server.ts'")
    expect(project.files()).toContain('api/ws/server.ts')
    expect((await project.run('init', '--into', '../elsewhere')).err[0]).toMatch(/--into is "\.\.\/elsewhere"/)
  })

  it('installs with the package manager of the workspace, and generates', async () => {
    project = createTempProject({
      'package.json': '{ "packageManager": "bun@1.3.0" }',
      'app/package.json': '{ "type": "module" }',
      'bin/bun': '#!/bin/sh\necho "$@ in $(basename "$PWD")" > ../log\n',
    })
    chmodSync(join(project.root, 'bin/bun'), 0o755)
    vi.stubEnv('PATH', `${join(project.root, 'bin')}:${process.env['PATH']}`)
    const { exitCode, out } = await project.runIn('app', 'init')
    vi.unstubAllEnvs()
    expect([exitCode, project.read('log')]).toEqual([0, 'install in app\n'])
    expect(out).toContain('generated src/wsrv/generated/client.ts')
    expect(out).toContainEqual(expect.stringMatching(/^ {2}bun run test +a client/))
  })

  it('leaves what it wrote when the installation fails, and says what to do', async () => {
    project = createTempProject({ 'bin/npm': '#!/bin/sh\nexit 7\n' })
    chmodSync(join(project.root, 'bin/npm'), 0o755)
    vi.stubEnv('PATH', `${join(project.root, 'bin')}:${process.env['PATH']}`)
    vi.stubEnv('npm_config_user_agent', 'npm/11')
    const { exitCode, err } = await project.run('init')
    vi.unstubAllEnvs()
    expect([exitCode, err[0]]).toEqual([
      1,
      'package.json: `npm install` ended with 7. The files are written: install by hand, then `wsrv codegen`.',
    ])
    expect(project.files()).toContain('wsrv.config.ts')
  })

  it('changes nothing the second time', async () => {
    project = createTempProject({})
    await project.run('init', '--no-install')
    const files = project.files().map((path) => [path, project.read(path)])
    expect((await project.run('init', '--no-install')).out.filter((line) => /^(created|changed)/.test(line))).toEqual(
      [],
    )
    expect(project.files().map((path) => [path, project.read(path)])).toEqual(files)
  })
})

/** The first line that the started server prints, on a port that is free; the server is stopped then. */
async function startAndSee(): Promise<string> {
  const port = await freePort()
  const child = spawn('sh', ['-c', `exec ${commandOf('start')[1]?.split('&& ').at(-1)}`], {
    cwd: project.root,
    env: { ...process.env, PORT: String(port) },
  })
  try {
    return await new Promise((resolve, reject) => {
      child.stdout.once('data', (data) => resolve(String(data)))
      child.once('exit', (code) => reject(new Error(`exited with ${code}`)))
    })
  } finally {
    child.kill()
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}
