import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { buildSync } from 'esbuild'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeFiles } from '../src/write/write-files.ts'

const FILES = 40
const BYTES = 200_000

/** Moments at which a writer is killed in the gate; `WSRV_KILLS=50` is the long run. */
const KILLS = Number(process.env['WSRV_KILLS'] ?? 15)

let folder: string
/** `write-files.ts` as plain JavaScript: a process that runs it starts in no time. */
let writeFilesModule: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wsrv-write-'))
  const built = buildSync({
    entryPoints: [join(import.meta.dirname, '../src/write/write-files.ts')],
    ...{ bundle: true, platform: 'node', format: 'esm', write: false },
  })
  writeFilesModule = `data:text/javascript,${encodeURIComponent(built.outputFiles[0]?.text ?? '')}`
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const pathOf = (index: number): string => `file-${index}.ts`
const textOf = (letter: string): string => letter.repeat(BYTES)

/** A process with `writeFiles`. */
function start(script: string): ChildProcess {
  const source = `const { writeFiles } = await import(${JSON.stringify(writeFilesModule)});${script}`
  return spawn(process.execPath, ['--input-type=module', '--eval', source], { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** Writes all files again and again, each time all of one letter. */
const WRITE_FOR_EVER = (root: string): string => `
  const paths = Array.from({ length: ${FILES} }, (_, index) => 'file-' + index + '.ts')
  process.stdout.write('writing')
  for (let round = 0; ; round++) {
    const text = 'bcdefgh'[round % 7].repeat(${BYTES})
    writeFiles(${JSON.stringify(root)}, paths.map((path) => ({ path, text, change: 'changed' })))
  }`

describe('writing files', () => {
  it(`leaves each whole when it is killed at ${KILLS} random moments, and clears up the next time`, {
    timeout: 120_000,
  }, async () => {
    for (let index = 0; index < FILES; index++) writeFileSync(join(folder, pathOf(index)), textOf('a'))
    let leftovers = 0
    for (let moment = 0; moment < KILLS; moment++) {
      const writer = start(WRITE_FOR_EVER(folder))
      if (writer.stdout !== null) await once(writer.stdout, 'data')
      await sleep(Math.random() * 60)
      writer.kill('SIGKILL')
      await once(writer, 'exit')
      for (let index = 0; index < FILES; index++) {
        const bytes = readFileSync(join(folder, pathOf(index)))
        expect([index, bytes.length, bytes.every((byte) => byte === bytes[0])]).toEqual([index, BYTES, true])
      }
      leftovers += readdirSync(folder).length - FILES
    }
    // A test that never met a write in its middle would prove nothing.
    expect(leftovers).toBeGreaterThan(0)
    writeFiles(folder, [{ path: pathOf(0), text: 'done', change: 'changed' }])
    expect(readdirSync(folder).length).toBe(FILES)
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('is finished before %s ends the process', async (signal) => {
    const writes = `[{ get path() { process.kill(process.pid, '${signal}'); return 'held.ts' }, text: 'x'.repeat(5e6) }]`
    const writer = start(`writeFiles(${JSON.stringify(folder)}, ${writes}); setInterval(() => {}, 1_000)`)
    expect(await once(writer, 'exit')).toEqual([null, signal])
    expect(readdirSync(folder)).toEqual(['held.ts'])
    expect(readFileSync(join(folder, 'held.ts'), 'utf8').length).toBe(5_000_000)
  })
})

/** A file system of one megabyte; nothing where this user may not mount one. */
function mountSmallDisk(): boolean {
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder])
  return mounted.status === 0
}

describe.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)('a full disk', () => {
  it('leaves every file as it was, and the error names the one that had no room', async (context) => {
    if (!mountSmallDisk()) return context.skip()
    try {
      for (let index = 0; index < 3; index++) writeFileSync(join(folder, pathOf(index)), textOf('a'))
      const writes = [0, 1, 2, 3].map(
        (index) => ({ path: pathOf(index), text: textOf('b'), change: 'changed' }) as const,
      )
      expect(() => writeFiles(folder, writes)).toThrow(
        expect.objectContaining({ code: 'ENOSPC', path: join(folder, pathOf(2)) }),
      )
      for (let index = 0; index < 3; index++)
        expect(readFileSync(join(folder, pathOf(index)), 'utf8')).toBe(textOf('a'))
      expect(readdirSync(folder).length).toBe(3)
      expect(existsSync(join(folder, pathOf(3)))).toBe(false)
    } finally {
      spawnSync('umount', [folder])
    }
  })
})
