/** A server of an API, as its documents name it: its URL, or that with what a client has to know. */
export type ServerInfo = string | ServerDetails

/** A server's URL with what a client has to know. */
export interface ServerDetails {
  /** `wss://api.example.org/ws`. */
  readonly url: string
  readonly description?: string
  /** What a client presents as `auth` of its `$hello`, for people; a server without it asks for nothing. */
  readonly auth?: string
}

/** Servers of an API by name: `production`. */
export type ServerInfos = Readonly<Record<string, ServerInfo>>

/** What servers are in an AsyncAPI document. */
export interface PrintedServers {
  readonly servers: Readonly<Record<string, object>>
  /** Where the channel is on each of them; each server says it itself where they differ. */
  readonly address: string
  readonly securitySchemes: Readonly<Record<string, object>>
}

/** Where a server listens that was only just made. */
export const LOCAL_SERVERS: ServerInfos = { local: 'ws://127.0.0.1:8800/ws' }

/** What is known of each server, by its name. */
export function listServers(infos: ServerInfos): readonly (readonly [name: string, server: ServerDetails])[] {
  return Object.entries(infos).map(([name, info]) => [name, typeof info === 'string' ? { url: info } : info])
}

/** Prints the servers of an API. */
export function printServers(infos: ServerInfos): PrintedServers {
  const all = listServers(infos).map(([name, server]) => ({ ...server, name, url: new URL(server.url) }))
  const paths = new Set(all.map(({ url }) => url.pathname))
  const [path = '/'] = paths
  const isShared = paths.size === 1
  const servers = all.map(({ name, url, description, auth }) => {
    const server = {
      host: url.host,
      ...(!isShared && { pathname: url.pathname }),
      protocol: url.protocol.replace(':', ''),
      ...(description !== undefined && { description }),
      ...(auth !== undefined && { security: [{ $ref: `#/components/securitySchemes/${name}` }] }),
    }
    return [name, server] as const
  })
  const schemes = all.flatMap(({ name, auth }) => (auth === undefined ? [] : [[name, printScheme(auth)] as const]))
  return {
    servers: Object.fromEntries(servers),
    address: isShared ? path : '',
    securitySchemes: Object.fromEntries(schemes),
  }
}

/** AsyncAPI has no word for credentials inside of messages; this one comes nearest, and the description says where they go. */
function printScheme(auth: string): object {
  return {
    type: 'apiKey',
    in: 'password',
    description: `Sent as \`auth\` of \`$hello\`, the first message of a connection: ${auth}`,
  }
}
