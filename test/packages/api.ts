import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Project, type SourceFile, ts } from 'ts-morph'
import { ROOT, readPackages } from './packages.ts'

/** What one entry point of a package exports, as text: who changes the public API changes this file with it. */
export interface ApiReport {
  /** From the root: `docs/api/server.uws.txt`. */
  readonly file: string
  readonly text: string
}

/** A report for each entry point of each package, from the declarations that the compiler writes. */
export function apiReports(): readonly ApiReport[] {
  const folder = mkdtempSync(join(tmpdir(), 'wsrv-api-'))
  try {
    emitDeclarations(folder)
    return reportDeclarations(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The reports of what {@link emitDeclarations} has written below a folder. */
export function reportDeclarations(folder: string): readonly ApiReport[] {
  const project = new Project({ compilerOptions: { skipLibCheck: true, noLib: true, types: [] } })
  project.addSourceFilesAtPaths(`${folder}/**/*.d.ts`)
  return readPackages().flatMap(({ folder: name, name: fullName, exports }) =>
    Object.entries(exports)
      .filter(([, source]) => source.endsWith('.ts'))
      .map(([entry, source]) => {
        const index = project.getSourceFileOrThrow(join(folder, name, source.replace(/\.ts$/, '.d.ts')))
        const head = `${fullName}${entry.slice(1)}: what it exports. Written by \`pnpm api\`; a change here is a change for users.\n`
        return {
          file: `docs/api/${name}${entry.slice(1).replaceAll('/', '.')}.txt`,
          text: `${head}\n${exported(index)}\n`,
        }
      }),
  )
}

/** Writes the types of every package as users get them, below a folder. */
export function emitDeclarations(outDir: string): void {
  const options = ['--noEmit', 'false', '--emitDeclarationOnly', '--rootDir', 'packages', '--outDir', outDir]
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.packages.json', ...options], {
    cwd: ROOT,
  })
}

/** Every export in the order of names, without comments; what comes from another package is named only. */
function exported(index: SourceFile): string {
  const printer = ts.createPrinter({ removeComments: true })
  const own = [...index.getExportedDeclarations()].flatMap(([name, declarations]) =>
    declarations.map((declaration) => {
      const statement = declaration.getParentIfKind(ts.SyntaxKind.VariableDeclarationList)?.getParent() ?? declaration
      const text = printer.printNode(
        ts.EmitHint.Unspecified,
        statement.compilerNode,
        declaration.getSourceFile().compilerNode,
      )
      return { name, text: text.replace(/^(export )?(declare )?/, '') }
    }),
  )
  const others = index
    .getExportDeclarations()
    .filter((one) => one.getModuleSpecifierValue()?.startsWith('.') === false)
    .flatMap((one) =>
      one.getNamedExports().map((name) => ({ name: name.getName(), from: one.getModuleSpecifierValue() })),
    )
    .filter(({ name }) => !own.some((one) => one.name === name))
    .map(({ name, from }) => ({ name, text: `${name} from '${from}'` }))
  return [...own, ...others]
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ text }) => text)
    .join('\n\n')
}
