import { type ContractPlan, type Diagnostic, ofContract, type Write } from '@wsrv/codegen/api'
import { EXIT } from '../exit-code.ts'
import { count, type Output } from '../output.ts'
import type { Report } from '../report.ts'
import { diffText, showDiff } from './diff-text.ts'

/** Reports what was written. */
export function reportWritten(plans: readonly ContractPlan[], tookMs: number): Report {
  const { writes, unchanged, warnings } = sum(plans)
  const files = writes.map(({ path, change, from, name }) => ({ path, change, ...ofFrom(from), ...ofName(name) }))
  const show = (output: Output): void => {
    for (const { change, path, from, name } of writes) {
      const files = from === undefined ? path : `${from} → ${path}`
      output.info(`${output.colors.green(change)} ${files}${inContract(output, name)}`)
    }
    output.info(`${count(writes.length, 'file')} written, ${unchanged} unchanged in ${Math.round(tookMs)} ms`)
  }
  return { exitCode: EXIT.ok, problems: [], warnings, files, show }
}

/** Reports what is not as it should be, where nothing is to be written. */
export function reportStale(plans: readonly ContractPlan[]): Report {
  const { writes, unchanged, warnings } = sum(plans)
  const files = writes.map(({ path, before, from, name }) => {
    return { path, change: before === undefined ? 'missing' : 'stale', ...ofFrom(from), ...ofName(name) } as const
  })
  const show = (output: Output): void => {
    if (writes.length === 0) {
      output.info(`${count(unchanged, 'file')} up to date`)
      return
    }
    for (const write of writes) showStale(output, write)
    output.error(output.colors.red(`${count(writes.length, 'file')} out of date. Run \`wsrv codegen\` and commit them`))
  }
  return { exitCode: writes.length === 0 ? EXIT.ok : EXIT.problems, problems: [], warnings, files, show }
}

function showStale(output: Output, { path, text, before, from, name }: NamedWrite): void {
  const state = from === undefined ? 'stale' : `stale, still ${from}`
  output.error(`${path}: ${before === undefined ? 'missing' : state}${inContract(output, name)}`)
  if (before !== undefined) showDiff(output, diffText(before, text))
}

interface NamedWrite extends Write {
  readonly name: string | undefined
}

interface Sum {
  readonly writes: readonly NamedWrite[]
  readonly warnings: readonly Diagnostic[]
  readonly unchanged: number
}

/** What all contracts' plans come to. */
function sum(plans: readonly ContractPlan[]): Sum {
  const warnings = plans.flatMap((plan) => ofContract(plan.warnings, plan.name))
  const writes = plans.flatMap(({ name, writes }) => writes.map((write) => ({ ...write, name })))
  return { warnings, writes, unchanged: plans.reduce((total, plan) => total + plan.unchanged, 0) }
}

function ofFrom(from: string | undefined): { readonly from?: string } {
  return from === undefined ? {} : { from }
}

function ofName(name: string | undefined): { readonly contract?: string } {
  return name === undefined ? {} : { contract: name }
}

function inContract({ colors }: Output, name: string | undefined): string {
  return name === undefined ? '' : colors.dim(` (contract ${name})`)
}
