export { redisBroker } from './redis-broker.ts'
export type { RedisBrokerOptions } from './settings.ts'
