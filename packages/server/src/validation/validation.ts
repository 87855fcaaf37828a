import { MAX_CHECK_STEPS, MAX_SEARCH_STEPS } from '@wsrv/protocol'
import type { Contract, JsonSchema } from '@wsrv/schema'
import { Format } from 'typebox/format'
import { Compile } from 'typebox/schema'
import { CheckBudget, OUT_OF_BUDGET } from './check-budget.ts'
import { withExactIntegers } from './exact-integers.ts'
import { findIssues } from './find-issues.ts'
import { type Check, SchemaGuard } from './guard-schema.ts'
import { type IssueReport, TOO_DEAR } from './issues.ts'
import type { SearchCosts } from './pattern-cost.ts'
import { isContextual, reachableTypes, type SchemaKeywords, type SubSchema } from './schema-keywords.ts'
import { UnionPlan } from './union-plan.ts'

/** The side that made the data a {@link SchemaCheck} looks at: a client's costs so much at most, the server's own whatever it costs. */
export type DataSource = 'client' | 'server'

/** How a {@link SchemaCheck} looks at data. */
export interface SchemaCheckOptions {
  /** Default `client`. */
  readonly source?: DataSource
  /** What the searches for patterns cost: the contract's. Default a guess. */
  readonly patterns?: SearchCosts | undefined
}

/** A schema of the contract as a check, compiled when it is first needed: a contract of a thousand commands starts at once. */
export class SchemaCheck {
  readonly #schema: SubSchema
  readonly #types: Contract['types']
  readonly #patterns: SearchCosts
  readonly #budget: CheckBudget
  #check: Check | undefined
  #plans: Map<readonly SubSchema[], UnionPlan> | undefined
  #isGuarded = false
  /** Whether the last check was given up. */
  #gaveUp = false
  #searchSteps = 0

  /**
   * @param types what `#/$defs/…` in the schema refers to.
   */
  constructor(
    schema: JsonSchema,
    types: Contract['types'],
    { source = 'client', patterns = {} }: SchemaCheckOptions = {},
  ) {
    this.#schema = schema
    this.#types = types
    this.#patterns = patterns
    this.#budget = new CheckBudget(source === 'client' ? MAX_CHECK_STEPS : Infinity)
  }

  /** Whether a value matches; one that costs more to check than it may does not. */
  accepts(value: unknown): boolean {
    this.#check ??= this.#compile()
    return this.#isGuarded ? this.#acceptsGuarded(this.#check, value) : this.#check(value)
  }

  /**
   * What is wrong with the value that {@link accepts} has just refused; the first `maxIssues` in words. The search is a hundred
   * times as slow as the check, and so has a bound of its own.
   */
  issues(value: unknown, maxIssues: number): IssueReport {
    if (this.#gaveUp) return { issues: [TOO_DEAR], total: 1 }
    const options = {
      types: this.#types,
      maxIssues,
      maxSteps: MAX_SEARCH_STEPS,
      patterns: this.#patterns,
      matchesFormat,
      planOf: this.#planOf,
    }
    const { report, steps } = findIssues(this.#schema, value, options)
    this.#searchSteps = steps
    return report
  }

  /** What the last refusal cost, from 0 to 1: as much as any may. */
  get refusalCost(): number {
    return this.#gaveUp ? 1 : this.#searchSteps / MAX_SEARCH_STEPS
  }

  readonly #planOf = (alternatives: readonly SubSchema[]): UnionPlan => {
    this.#plans ??= new Map()
    const plan = this.#plans.get(alternatives) ?? new UnionPlan(alternatives, this.#types)
    this.#plans.set(alternatives, plan)
    return plan
  }

  #acceptsGuarded(check: Check, value: unknown): boolean {
    this.#budget.begin()
    this.#gaveUp = false
    try {
      return check(value)
    } catch (error) {
      if (error !== OUT_OF_BUDGET) throw error
      this.#gaveUp = true
      return false
    }
  }

  #compile(): Check {
    const schema = withExactIntegers(this.#schema)
    const reachable = Object.entries(reachableTypes(schema, this.#types))
    const types = Object.fromEntries(
      reachable.map(([name, type]) => [name, withExactIntegers(type) as SchemaKeywords] as const),
    )
    const guardedTypes: Record<string, SubSchema> = {}
    const guard = new SchemaGuard(schema, {
      types,
      budget: this.#budget,
      patterns: this.#patterns,
      isContextual: [schema, ...Object.values(types)].some(isContextual),
      compile: (schema) => compile(schema, guardedTypes),
    })
    for (const [name, type] of Object.entries(types)) guardedTypes[name] = guard.guardType(name, type)
    const guarded = guard.guard(schema)
    this.#isGuarded = guarded !== schema || Object.keys(types).some((name) => guardedTypes[name] !== types[name])
    return compile(guarded, guardedTypes)
  }
}

function matchesFormat(format: string, text: string): boolean {
  return Format.Test(format, text)
}

function compile(schema: SubSchema, types: Readonly<Record<string, unknown>>): Check {
  if (typeof schema === 'boolean') return () => schema
  const validator = Compile({ ...schema, $defs: types })
  return (value) => validator.Check(value)
}
