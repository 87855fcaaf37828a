export { compareContracts } from './diff/compare-contracts.ts'
export type { Generation } from './generate.ts'
export { generate } from './generate.ts'
export { hashContract } from './model/hash-contract.ts'
