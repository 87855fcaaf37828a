import { createTsxLoader, type Watch } from '@wsrv/codegen/api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTempProject, type TempProject } from '../../codegen/test/temp-project.ts'
import { watchCodegen } from '../src/commands/codegen.ts'
import { plainOutput } from '../src/output.ts'

const schema = (name: string): string =>
  `import { push } from '@wsrv/schema'\nimport { more } from '../shared/more.ts'\nexport const ${name} = push(more)\n`

let project: TempProject
let screen: Screen
let watch: Watch

beforeEach(async () => {
  project = createTempProject({
    'wsrv.config.ts': "export default { schema: 'schema/*.ts', client: 'client.ts' }\n",
    'schema/pushes.ts': schema('first'),
    'shared/more.ts': 'export const more = {}\n',
  })
  screen = new Screen()
  watch = await watchCodegen(
    { config: 'wsrv.config.ts', cwd: project.root },
    createTsxLoader(),
    plainOutput(screen.info),
  )
  await screen.until('watching for changes')
})
afterEach(async () => {
  await watch.close()
  project.delete()
})

/** What is printed, to wait for. */
class Screen {
  readonly #lines: string[] = []
  readonly #waiting = new Set<() => void>()

  readonly info = (line: string): void => {
    this.#lines.push(line)
    for (const wake of this.#waiting) wake()
  }

  /** Resolves when a line that contains a text was printed after the last that was waited for. */
  async until(text: string): Promise<string> {
    for (;;) {
      const at = this.#lines.findIndex((line) => line.includes(text))
      if (at !== -1) return this.#lines.splice(0, at + 1).at(-1) ?? ''
      await new Promise<void>((resolve) => this.#waiting.add(resolve))
    }
  }
}

describe('wsrv codegen --watch', () => {
  it('generates at the start, and again when a schema changes', async () => {
    expect(project.read('client.ts')).toContain('first: FirstPush')
    project.write('schema/pushes.ts', schema('second'))
    await screen.until('1 file written')
    expect(project.read('client.ts')).toContain('second: SecondPush')
  })

  it('sees new files, and what schema files import', async () => {
    project.write('schema/more.ts', schema('third'))
    await screen.until('1 file written')
    expect(project.read('client.ts')).toContain('third: ThirdPush')
    project.write('shared/more.ts', "export const more = { description: 'From afar.' }\n")
    await screen.until('1 file written')
    expect(project.read('client.ts')).toContain('From afar.')
  })

  it('keeps the last good output on an error, says what is wrong, and goes on', async () => {
    const good = project.read('client.ts')
    project.write('schema/pushes.ts', 'export const {\n')
    expect(await screen.until('schema/pushes.ts')).toMatch(/^schema\/pushes\.ts:\d+:\d+: Expected /)
    expect(project.read('client.ts')).toBe(good)
    project.write('schema/pushes.ts', schema('fourth'))
    await screen.until('1 file written')
    expect(project.read('client.ts')).toContain('fourth: FourthPush')
  })

  it('follows the config', async () => {
    project.write('wsrv.config.ts', "export default { schema: 'schema/*.ts', client: 'elsewhere.ts' }\n")
    await screen.until('created elsewhere.ts')
  })
})
