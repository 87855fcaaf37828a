import { withTraceContext } from '@wsrv/client'
import { type Codec, jsonClientCodec, jsonCodec, systemClock } from '@wsrv/protocol'
import { createLogObserver } from '@wsrv/server'
import { describeClock } from './clock-contract.ts'
import { describeCodec } from './codec-contract.ts'
import { FakeClock } from './fake-clock.ts'
import { describeObserver } from './observer-contract.ts'
import { silentLogger } from './silent-logger.ts'

const malformed = ['garbage', '{"cmd":', new Uint8Array([0xff, 0xfe])]
/** JSON as bytes: what a codec of one's own may do. */
const bytesCodec: Codec = {
  name: 'json bytes',
  encode: (envelope) => new TextEncoder().encode(jsonCodec.encode(envelope) as string),
  decode: (payload) => jsonCodec.decode(payload),
  peek: (payload) => jsonCodec.peek(payload),
}

describeCodec('jsonCodec', jsonCodec, { malformed })
describeCodec('jsonClientCodec', jsonClientCodec, { malformed })
describeCodec('a codec of bytes', bytesCodec, { malformed })
describeCodec(
  'withTraceContext',
  withTraceContext(() => '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'),
  {
    malformed,
  },
)

describeClock('FakeClock', () => {
  const clock = new FakeClock()
  return { clock, pass: (ms) => clock.advance(ms) }
})
describeClock('systemClock', () => ({
  clock: systemClock,
  pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}))

describeObserver('createLogObserver', () => createLogObserver(silentLogger))
