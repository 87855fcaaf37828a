import type { Reporter, TestCase, TestModule } from 'vitest/node'

/**
 * Ends a test run with one plain line that any CI can read: `N passed, N failed, N skipped`.
 *
 * With `CI` set a skipped test fails the run, because a gate that skips has not checked. `WSRV_MAY_SKIP`, a regular
 * expression, names the tests that a platform cannot run.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const skipped = tests.filter((test) => isIn('skipped', test))
    const refused = skipped.filter(({ fullName }) => mustRun(fullName))
    const failed =
      unhandledErrors.length +
      refused.length +
      modules.filter((module) => module.errors().length > 0).length +
      tests.filter((test) => isIn('failed', test)).length
    const passed = tests.filter((test) => isIn('passed', test)).length
    process.once('exit', () => {
      for (const test of refused) console.error(`skipped though CI is set: ${test.module.moduleId} > ${test.fullName}`)
      console.log(`\n${passed} passed, ${failed} failed, ${skipped.length - refused.length} skipped`)
      if (refused.length > 0) process.exitCode = 1
    })
  }
}

function isIn(state: 'passed' | 'failed' | 'skipped', test: TestCase): boolean {
  return test.result().state === state
}

function mustRun(name: string): boolean {
  const { CI, WSRV_MAY_SKIP } = process.env
  return CI !== undefined && CI !== 'false' && (WSRV_MAY_SKIP === undefined || !new RegExp(WSRV_MAY_SKIP).test(name))
}
