/** What a `wsrv.config.ts` imports; the program itself is `bin.ts`. */
export type { Config, ContractsConfig, Diagnostic, Emitter, GeneratedFile, Model } from '@wsrv/codegen'
export { defineConfig } from '@wsrv/codegen'
