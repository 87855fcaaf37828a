import type { Row } from './matrix.ts'

const EXTENSIONS = { ts: '.ts', js: '.js', none: '' }

/** A program that uses what is generated and names every entry point of the packages. */
export function programFor({ importExtension, isPage = false }: Row): string {
  const from = (file: string): string => `'./generated/${file}${EXTENSIONS[importExtension]}'`
  return `${client(from('client'))}${isPage ? '' : server(from('server'), `'./handlers/index${EXTENSIONS[importExtension]}'`)}`
}

function client(path: string): string {
  return `import { createClient, isCommandError } from ${path}

export async function talk(url: string): Promise<string> {
  const client = createClient(url, { setup: (commands) => commands.register(1) })
  client.on('have_user_register', ({ uid }) => uid.toFixed())
  try {
    const { name } = await client.userinfo({ timeoutMs: 100 })
    for await (const { content } of client.pushes('chat.message')) if (content.kind === 'text') return content.text
    return name
  } catch (error) {
    return isCommandError('chat.send', error) && error.code === 'not_in_room' ? 'outside' : 'failed'
  } finally {
    client.close()
  }
}
`
}

function server(path: string, handlers: string): string {
  return `
import * as otel from '@wsrv/server/otel'
import * as uws from '@wsrv/server/uws'
import * as validation from '@wsrv/server/validation'
import * as recording from '@wsrv/protocol/recording'
import * as schema from '@wsrv/schema'
import * as codegen from '@wsrv/codegen'
import { defineConfig } from '@wsrv/cli'
import { createServer } from ${path}
import { handlers } from ${handlers}

export const config = defineConfig({ schema: 'schema/*.ts' })
export const entryPoints = [otel, uws, validation, recording, schema, codegen]
export async function serve(): Promise<number> {
  const server = createServer({ handlers })
  server.use(async (c, next) => {
    if (c.cmd === 'register') await next()
    else return c.abort(401, 'register first')
    return undefined
  })
  const { port } = await server.listen(0)
  server.broadcast('have_user_register', { uid: 1 })
  return port
}
`
}
