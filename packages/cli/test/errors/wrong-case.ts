/** Something that a user got wrong, to be told by the CLI. What is said stands in `goldens`, by the case's name. */
export interface WrongCase {
  /** Also the name of its golden. */
  readonly name: string
  /** Files that are laid over a project that is in order; `undefined` deletes. */
  readonly files?: Readonly<Record<string, string | undefined>>
  /** Default `codegen`. */
  readonly args?: readonly string[]
  readonly exitCode: 1 | 2
  /** Run as a program, for what a process of its own tells: positions of what is thrown. */
  readonly isProgram?: boolean
  /** Files that are written all the same: one emitter's failure does not keep the others from writing. */
  readonly written?: readonly string[]
}

/** A project that is in order. */
export const RIGHT: Readonly<Record<string, string>> = {
  'wsrv.config.ts': `import { defineConfig } from '@wsrv/cli'

export default defineConfig({
  schema: 'schema/**/*.ts',
  client: 'generated/client.ts',
})
`,
  'schema/users.ts': `import { command } from '@wsrv/schema'
import { Type } from 'typebox'

export const register = command({ request: Type.Object({ uid: Type.Integer() }), params: ['uid'] })
`,
}

/** The text of a schema file with imports. */
export function schema(body: string): string {
  return `import { command, push } from '@wsrv/schema'\nimport { Type } from 'typebox'\n\n${body}\n`
}
