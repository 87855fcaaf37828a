import { createRequire } from 'node:module'
import { uwsAdapter } from '@wsrv/server/uws'
import { serve } from '../../job/serve.ts'
import { createBenchServer } from '../wsrv/create-server.ts'

const { App }: typeof import('@trufflesuite/uws-js-unofficial') = createRequire(import.meta.url)(
  '@trufflesuite/uws-js-unofficial',
)
const app = App()
createBenchServer().attach(uwsAdapter(app))

await serve((port) => new Promise<void>((resolve) => app.listen(port, () => resolve())))
