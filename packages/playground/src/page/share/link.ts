/** What a link to the page says: which command, and the data to fill in. Nothing is ever sent by following a link. */
export interface SharedCall {
  readonly cmd: string
  /** JSON, as it was written. */
  readonly data?: string
}

/** Longest data that goes into a link, in characters; addresses that are longer break on their way. */
const MAX_DATA_CHARS = 6_000

/** The part of a link behind `#`. Data that is too long for a link is left out. */
export function writeHash({ cmd, data }: SharedCall): string {
  const params = new URLSearchParams({ cmd })
  if (data !== undefined && data.length <= MAX_DATA_CHARS) params.set('data', data)
  return `#${params}`
}

/** Reads the part behind `#`; `undefined` when it names no command. */
export function readHash(hash: string): SharedCall | undefined {
  const params = new URLSearchParams(hash.replace(/^#/, ''))
  const cmd = params.get('cmd')
  const data = params.get('data')
  if (cmd === null || cmd === '') return undefined
  return data === null ? { cmd } : { cmd, data }
}
