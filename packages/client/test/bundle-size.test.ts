import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

/**
 * What a page pays, in bytes of gzip. Every raise states its reason here.
 *
 * - 5 kB: the base protocol: calls, pushes, heartbeats, reconnects.
 * - 6 kB: the extensions: deadlines that travel, `$hello`, `$ping`, `$cancel`, credentials and their renewal, contract
 *   mismatches, waking with the network and the page, background tabs.
 * - 8.25 kB (8 215 bytes measured, where 7 kB is the aim): outages: setup, one call at a time towards fragile servers,
 *   refusals that go back to the outbox, reasons of failed attempts, delays that calls shorten, links that are checked
 *   before a call is entrusted to them, reports of failure, options that are checked.
 * - 10.5 kB (10 425 bytes measured, where 7 kB is the aim): sessions: counts and acknowledgements, resume with calls that
 *   leave again in order, gaps that are told, a word for each way in which a session is lost.
 * - 10.75 kB (10 681 bytes measured): servers that ask to go on elsewhere, and long messages, whose bytes are life.
 * - 10.9 kB (10 768 bytes measured): a rest between the calls of servers without extensions, which die without it; the status
 *   and the msg of pushes.
 * - 11.2 kB (11 134 bytes measured): data that JSON would mangle is refused by its path, stacks name the caller's lines, iterations
 *   throw why the client was refused, a long outbox is linear, a mismatch says what it breaks.
 * - 11.35 kB (11 307 bytes measured): what the core has to know of streams: credit in a request, items before an answer, items that
 *   are missing. All else is in a module that only clients of streams carry.
 */
const MAX_GZIP_BYTES = 11_350

/** What a page whose contract has streams pays (11 934 bytes measured). */
const MAX_GZIP_BYTES_WITH_STREAMS = 12_000

/** Names that would betray a stowaway: Node's `ws`, Node's own modules, the schema library, the code generator. */
const STOWAWAYS = [
  'Buffer',
  'require',
  'EventEmitter',
  'node:',
  'perMessageDeflateError',
  'typebox',
  'TypeBox',
  'Morph',
]

describe('a bundle of the client without commands', () => {
  it(`has at most ${MAX_GZIP_BYTES} bytes`, async () => {
    const { code } = await bundle()
    const surplus = gzipSync(code, { level: 9 }).byteLength - MAX_GZIP_BYTES
    expect(surplus, `${surplus} bytes over: save them, or raise the ceiling with its reason above`).toBeLessThanOrEqual(
      0,
    )
  })

  it('holds nothing of streams, whose module only generated clients of streams import', async () => {
    const { code } = await bundle()
    expect(code).not.toContain('broke off')
    const streams = (await bundle('export { openStream, WsrvClient }')).code
    expect(streams).toContain('broke off')
    expect(gzipSync(streams, { level: 9 }).byteLength).toBeLessThanOrEqual(MAX_GZIP_BYTES_WITH_STREAMS)
  })

  it.each(STOWAWAYS)('does not say %s', async (name) => {
    const { code } = await bundle()
    expect(code).not.toContain(name)
  })

  it('is made of client, protocol and isomorphic-ws alone', async () => {
    const { inputs } = await bundle()
    const strangers = inputs.filter(
      (path) => !/packages\/(client|protocol)\/src\/|isomorphic-ws\/browser\.js$/.test(path),
    )
    expect(strangers).toEqual([])
  })
})

async function bundle(
  exported = 'export { WsrvClient }',
): Promise<{ readonly code: string; readonly inputs: readonly string[] }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `${exported} from '../src/index.ts'`, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'esm',
    write: false,
    metafile: true,
  })
  return {
    code: outputFiles.map(({ text }) => text).join(''),
    inputs: Object.keys(metafile.inputs).filter((path) => path !== '<stdin>'),
  }
}
