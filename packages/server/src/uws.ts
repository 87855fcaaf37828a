export { uwsAdapter } from './uws/uws-adapter.ts'
export type { UwsApp } from './uws/uws-app.ts'
