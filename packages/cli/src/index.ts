/** What a `wsrv.config.ts` imports; the program itself is `bin.ts`. */
export type { ClientOutput, Config, ContractsConfig, Diagnostic, Emitter, GeneratedFile, Model } from '@wsrv/codegen'
export { defineConfig } from '@wsrv/codegen'
