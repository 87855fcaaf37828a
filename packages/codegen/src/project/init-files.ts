import { posix } from 'node:path'
import type { InitLayout } from './init-layout.ts'

/**
 * A project's first files as a layout wants them: moved to its folders, imports with its extension.
 *
 * @param templates by path, as an empty folder gets them.
 */
export function layInitFiles(
  templates: Readonly<Record<string, string>>,
  layout: InitLayout,
): Readonly<Record<string, string>> {
  const files = Object.entries(templates).map(([path, text]) => {
    const moved = movePath(path, layout)
    return moved === undefined
      ? []
      : [[moved, path === TSCONFIG ? textOfTsConfig(text, layout) : moveImports(text, moved, layout)]]
  })
  return Object.fromEntries([[layout.configFile, printConfig(layout)], ...files.flat()])
}

const TSCONFIG = 'tsconfig.json'
const TEMPLATE_FOLDER = 'src/wsrv/'
const TEMPLATE_CLIENT = 'src/wsrv/generated/client.ts'

function movePath(path: string, { into, schema, tsconfig, test }: InitLayout): string | undefined {
  if (path === TSCONFIG) return tsconfig
  if (path === `${TEMPLATE_FOLDER}server.test.ts`) return posix.join(into, `${test}.ts`)
  if (path.startsWith('schema/')) return posix.join(schema, path.slice('schema/'.length))
  return posix.join(into, path.slice(TEMPLATE_FOLDER.length))
}

/** A tsconfig.json beside the server compiles what is below it, its schema too. */
function textOfTsConfig(text: string, { tsconfig, into }: InitLayout): string {
  if (tsconfig === TSCONFIG) return into.startsWith('src/') ? text : text.replace('"src"', `"${into}"`)
  return text.replace(/"include": \[.*\]/, '"include": ["."]')
}

function moveImports(text: string, path: string, { client, into, importExtension }: InitLayout): string {
  const from = (target: string): string => {
    const relative = posix.relative(posix.dirname(path), target)
    return relative.startsWith('.') ? relative : `./${relative}`
  }
  const extension = { ts: '.ts', js: '.js', none: '' }[importExtension]
  return text.replaceAll(/from '(\.{1,2}\/[^']+)\.ts'/g, (_all, target: string) => {
    const isClient =
      posix.join(TEMPLATE_FOLDER, `${target}.ts`) === TEMPLATE_CLIENT &&
      client !== posix.join(into, 'generated/client.ts')
    return `from '${isClient ? from(client).replace(/\.ts$/, '') : target}${extension}'`
  })
}

/** The config: `schema` and every path of the layout. */
function printConfig({ into, schema, client, importExtension, isolatedDeclarations }: InitLayout): string {
  const lines = [
    `schema: '${schema}/**/*.ts',`,
    `client: '${client}',`,
    `server: '${into}/generated/server.ts',`,
    `handlers: '${into}/handlers',`,
    ...(importExtension === 'ts' ? [] : [`importExtension: '${importExtension}',`]),
    ...(isolatedDeclarations ? ['isolatedDeclarations: true,'] : []),
  ]
  return `import { defineConfig } from '@wsrv/cli'\n\nexport default defineConfig({\n${lines.map((line) => `  ${line}\n`).join('')}})\n`
}
