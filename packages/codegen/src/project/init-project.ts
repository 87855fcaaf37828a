import { loadInitFiles } from '../load-init-files.ts'
import { openDisk } from '../write/open-disk.ts'
import { writeFiles } from '../write/write-files.ts'
import { type Failure, wrongRequest } from './outcome.ts'
import { type InitPlan, planInit } from './plan-init.ts'

/** Where a project is started. */
export interface InitRequest {
  readonly cwd: string
  /** How the running package manager names itself: `pnpm/10.0.0 …`; empty when none runs. */
  readonly userAgent: string
}

/** Writes a folder's first contract, server and test. Overwrites nothing. */
export function initProject({ cwd, userAgent }: InitRequest): InitPlan | Failure {
  const plan = planInit(loadInitFiles(), { disk: openDisk(cwd), userAgent })
  if ('diagnostics' in plan) return wrongRequest(plan.diagnostics)
  writeFiles(cwd, plan.writes)
  return plan
}
