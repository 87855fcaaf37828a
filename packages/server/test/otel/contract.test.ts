import { createMetricsObserver } from '@wsrv/server/otel'
import { describeObserver } from '@wsrv/testing'

describeObserver('createMetricsObserver', () => createMetricsObserver())
