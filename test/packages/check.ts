import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { buildPackages, packPackage } from './pack.ts'
import { type Package, ROOT, readPackages } from './packages.ts'

/**
 * `pnpm packages`: builds and packs every package, and reads each tarball as npm, Node and TypeScript will: publint for what
 * package.json promises, attw for whether its types resolve. Exits 1 when one of them finds something.
 */
const scratch = mkdtempSync(join(tmpdir(), 'wsrv-packages-'))
try {
  buildPackages()
  let found = 0
  for (const one of readPackages()) {
    const problems = await problemsOf(one)
    found += problems.length
    console.log(`${problems.length === 0 ? 'ok     ' : 'wrong  '} ${one.name}`)
    for (const problem of problems) console.log(problem)
  }
  process.exitCode = found === 0 ? 0 : 1
} finally {
  rmSync(scratch, { recursive: true })
}

async function problemsOf(one: Package): Promise<readonly string[]> {
  const path = packPackage(one, scratch)
  const tarball = readFileSync(path)
  const bytes = tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.byteLength)
  const { messages, pkg } = await publint({ pack: { tarball: bytes }, strict: true })
  const attw = spawnSync(
    join(ROOT, 'node_modules/.bin/attw'),
    [path, '--profile', 'esm-only', '--no-emoji', '--no-color'],
    {
      encoding: 'utf8',
    },
  )
  return [
    ...messages.map((message) => `        publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`),
    ...(attw.status === 0 ? [] : [attw.stdout.replace(/^/gm, '        ')]),
  ]
}
