import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { plainOutput } from '../../cli/src/output.ts'
import { runCli } from '../../cli/src/run-cli.ts'

/** The repository's root. */
export const ROOT: string = join(import.meta.dirname, '../../..')

/** A folder on disk with a project in it, that sees the workspace's packages. */
export interface TempProject {
  readonly root: string
  read(path: string): string
  write(path: string, text: string): void
  remove(path: string): void
  /** Files of the project, sorted. */
  files(): readonly string[]
  /** Runs the CLI in it. */
  run(...args: readonly string[]): Promise<CliRun>
  /** Runs the CLI in a folder of it. */
  runIn(folder: string, ...args: readonly string[]): Promise<CliRun>
  /** Deletes the folder. */
  delete(): void
}

/** What a run of the CLI said. */
export interface CliRun {
  readonly exitCode: number
  readonly out: readonly string[]
  readonly err: readonly string[]
}

/** Makes a project of files. */
export function createTempProject(files: Readonly<Record<string, string>>): TempProject {
  const root = mkdtempSync(join(tmpdir(), 'wsrv-codegen-'))
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'))
  const project: TempProject = {
    root,
    read: (path) => readFileSync(join(root, path), 'utf8'),
    write: (path, text) => {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    },
    remove: (path) => rmSync(join(root, path)),
    files: () =>
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
        .filter((path) => !path.startsWith('node_modules'))
        .sort(),
    run: (...args) => runIn(root, args),
    runIn: (folder, ...args) => runIn(join(root, folder), args),
    delete: () => rmSync(root, { recursive: true }),
  }
  project.write('package.json', '{ "type": "module" }\n')
  for (const [path, text] of Object.entries(files)) project.write(path, text)
  return project
}

async function runIn(cwd: string, args: readonly string[]): Promise<CliRun> {
  const out: string[] = []
  const err: string[] = []
  const output = plainOutput(
    (line) => void out.push(line),
    (line) => void err.push(line),
  )
  const exitCode = await runCli(args, { cwd, output })
  return { exitCode, out, err }
}
