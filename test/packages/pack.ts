import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { type Package, ROOT, readPackages } from './packages.ts'

/** Builds every package. */
export function buildPackages(): void {
  pnpm(['-r', '--filter', './packages/*', 'build'], ROOT)
}

/** Packs a built package as npm gets it; returns the tarball's path. */
export function packPackage({ folder, name, version }: Package, into: string): string {
  pnpm(['pack', '--pack-destination', into], join(ROOT, 'packages', folder))
  return join(into, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`)
}

/** Builds and packs every package; returns the tarballs by the packages' names. */
export function packAll(into: string): ReadonlyMap<string, string> {
  buildPackages()
  return new Map(readPackages().map((one) => [one.name, packPackage(one, into)]))
}

function pnpm(args: readonly string[], cwd: string): void {
  execFileSync('npx', ['-y', 'pnpm@12', ...args], { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
}
