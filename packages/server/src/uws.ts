export type { UwsApp } from './uws/uws-app.ts'
export { uwsEntrance } from './uws/uws-entrance.ts'
