import { createLocalBroker } from '@wsrv/server'
import { describeBroker } from '@wsrv/testing'

describeBroker('the broker of one process', {
  start: () => {
    const broker = createLocalBroker()
    return async () => broker
  },
})
