export type { MeterOptions } from './metrics-observer.ts'
export { createMetricsObserver } from './metrics-observer.ts'
export type { TracerOptions } from './trace-requests.ts'
export { traceRequests } from './trace-requests.ts'
