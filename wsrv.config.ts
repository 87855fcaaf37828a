import { defineConfig } from '@wsrv/cli'

export default defineConfig({
  schema: 'schema/**/*.ts',
  client: 'examples/quickstart/generated/client.ts',
  server: 'examples/quickstart/generated/server.ts',
  handlers: 'examples/quickstart/handlers',
})
