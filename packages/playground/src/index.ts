export type { Playground, PlaygroundOptions } from './serve/create-playground.ts'
export { createPlayground } from './serve/create-playground.ts'
export type { PlaygroundSetup } from './setup.ts'
