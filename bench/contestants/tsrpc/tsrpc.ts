import { createRequire } from 'node:module'

/** The library as CommonJS: Node cannot import its ES module with the version of ws that it asks for. */
export const tsrpc: typeof import('tsrpc') = createRequire(import.meta.url)('tsrpc')
