import { serve } from '../../job/serve.ts'
import { createBenchServer } from './create-server.ts'

await serve((port) => createBenchServer().listen(port))
