import { defineConfig, type UserConfig } from 'vite'

/** Builds the page into `dist/page`: relative addresses, nothing inlined, so that it works under any path and a strict policy. */
const config: UserConfig = defineConfig({
  root: `${import.meta.dirname}/src/page`,
  base: './',
  cacheDir: `${import.meta.dirname}/node_modules/.vite`,
  html: { cspNonce: '__NONCE__' },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: `${import.meta.dirname}/dist/page`,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
  },
})

export default config
