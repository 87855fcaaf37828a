export { compareContracts } from './compare-contracts.ts'
export type { Generation } from './generate.ts'
export { generate } from './generate.ts'
export { hashContract } from './hash-contract.ts'
