export type { UwsApp } from './uws-app.ts'
export { uwsEntrance } from './uws-entrance.ts'
