import { describe, searchSteps } from '@wsrv/protocol'
import { CheckBudget, OUT_OF_BUDGET } from './check-budget.ts'
import { type ExplainTools, explainValue } from './explain-value.ts'
import { createIssue, type Issue, type IssueReport, listValues, MISMATCH, TOO_LARGE } from './issues.ts'
import { freeChars, type SearchCosts, searchCostOf } from './pattern-cost.ts'
import { refName, type SchemaKeywords, type SchemaTypes, type SubSchema } from './schema-keywords.ts'
import type { UnionPlan } from './union-plan.ts'
import { findDuplicate } from './unique-items.ts'

/** What {@link findIssues} needs beside the schema and the value. */
export interface FindIssuesOptions {
  readonly types: SchemaTypes
  /** Most issues to list. */
  readonly maxIssues: number
  /** Values looked at, each once per schema that looks at it. */
  readonly maxSteps: number
  /** How the alternatives of a union are told apart; kept by the caller, for to find it out costs more than to use it. */
  readonly planOf: (alternatives: readonly SubSchema[]) => UnionPlan
  /** What the searches for patterns cost. */
  readonly patterns: SearchCosts
  /** Whether a text matches a format that the validator knows. */
  readonly matchesFormat: ExplainTools['matchesFormat']
}

/**
 * Says where a value that does not match its schema fails it.
 *
 * Of a union only the alternatives that the value can mean are looked at. The search ends when it has cost as much as it may: then
 * the report says what was found until then.
 */
export function findIssues(schema: SubSchema, value: unknown, options: FindIssuesOptions): FoundIssues {
  return new IssueSearch(options).run(schema, value)
}

/** What was found, and what it has cost, in steps. */
export interface FoundIssues {
  readonly report: IssueReport
  readonly steps: number
}

class IssueSearch implements ExplainTools {
  readonly #options: FindIssuesOptions
  readonly #budget: CheckBudget
  readonly #issues: Issue[] = []
  readonly #path: string[] = []
  #total = 0
  #chars = 0
  /** How many unions are being tried: what fails there is not an issue yet. */
  #trying = 0

  constructor(options: FindIssuesOptions) {
    this.#options = options
    this.#budget = new CheckBudget(options.maxSteps)
  }

  run(schema: SubSchema, value: unknown): FoundIssues {
    let last = MISMATCH
    try {
      this.#visit(schema, value)
    } catch (error) {
      if (error !== OUT_OF_BUDGET) throw error
      last = TOO_LARGE
    }
    const found = this.#total > 0 ? { issues: this.#issues, total: this.#total } : { issues: [last], total: 1 }
    return { report: found, steps: this.#budget.spent }
  }

  matchesPattern(pattern: string, text: string): boolean {
    const cost = searchCostOf(pattern, this.#options.patterns)
    if (text.length > freeChars(cost)) this.#budget.spend(searchSteps(cost, text.length) / CHECK_STEPS_PER_STEP)
    return new RegExp(pattern, 'u').test(text)
  }

  matchesFormat(format: string, text: string): boolean {
    this.#budget.spend(text.length / CHARS_PER_STEP)
    return this.#options.matchesFormat(format, text)
  }

  /** Whether the value matches; says why not, unless alternatives are being tried. */
  #visit(schema: SubSchema, value: unknown): boolean {
    this.#budget.spend(1)
    if (typeof schema === 'boolean') return schema || this.#fail('is not allowed here')
    if (schema.enum !== undefined) this.#budget.spend(schema.enum.length / CONSTANTS_PER_STEP)
    const type = refName(schema.$ref)
    let matches = type === undefined || this.#visit((this.#options.types[type] ?? {}) as SchemaKeywords, value)
    for (const problem of explainValue(schema, value, this)) matches = this.#fail(`${problem}, got ${describe(value)}`)
    // Whatever else is said of a value is said of one that is of the right type.
    if (!matches) return false
    matches = Array.isArray(value) ? this.#visitItems(schema, value) : this.#visitProperties(schema, value)
    if (!matches && this.#trying > 0) return false
    return this.#visitCombined(schema, value) && matches
  }

  #visitItems(schema: SchemaKeywords, items: readonly unknown[]): boolean {
    const { prefixItems = [], items: rest, uniqueItems, contains } = schema
    let matches = true
    for (const [index, item] of items.entries()) {
      const part = index < prefixItems.length ? prefixItems[index] : rest
      if (part !== undefined) matches = this.#at(String(index), () => this.#visit(part, item)) && matches
      if (!matches && this.#trying > 0) return false
    }
    const duplicate =
      uniqueItems === true ? findDuplicate(items, (steps) => this.#budget.spend(steps / CHECK_STEPS_PER_STEP)) : -1
    if (duplicate !== -1) matches = this.#at(String(duplicate), () => this.#fail('must not repeat an earlier item'))
    return (contains === undefined || this.#visitContained(contains, schema, items)) && matches
  }

  #visitContained(contains: SubSchema, schema: SchemaKeywords, items: readonly unknown[]): boolean {
    const { minContains = 1, maxContains = Infinity } = schema
    const count = items.filter((item) => this.#try(contains, item)).length
    if (count < minContains) return this.#fail(`must contain at least ${minContains} matching items, got ${count}`)
    return count <= maxContains || this.#fail(`must contain at most ${maxContains} matching items, got ${count}`)
  }

  #visitProperties(schema: SchemaKeywords, value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return true
    let matches = true
    for (const name of missingNames(schema, value)) {
      matches = this.#at(name, () => this.#fail('is required, got nothing'))
    }
    for (const [name, property] of Object.entries(value)) {
      matches = this.#at(name, () => this.#visitProperty(schema, name, property)) && matches
      if (!matches && this.#trying > 0) return false
    }
    for (const [name, dependent] of Object.entries(schema.dependentSchemas ?? {})) {
      if (Object.hasOwn(value, name)) matches = this.#visit(dependent, value) && matches
    }
    return matches
  }

  #visitProperty(schema: SchemaKeywords, name: string, value: unknown): boolean {
    const { properties = {}, patternProperties = {}, propertyNames, additionalProperties } = schema
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined
    const patterns = Object.entries(patternProperties).filter(([pattern]) => this.matchesPattern(pattern, name))
    const parts = [...(own === undefined ? [] : [own]), ...patterns.map(([, part]) => part)]
    let matches = propertyNames === undefined || this.#try(propertyNames, name)
    if (!matches) this.#fail('has a name that is not allowed')
    if (parts.length === 0 && additionalProperties === false) return this.#fail('is not a known property')
    if (parts.length === 0 && additionalProperties !== undefined) parts.push(additionalProperties)
    for (const part of parts) matches = this.#visit(part, value) && matches
    return matches
  }

  #visitCombined(schema: SchemaKeywords, value: unknown): boolean {
    let matches = true
    for (const part of schema.allOf ?? []) matches = this.#visit(part, value) && matches
    if (schema.anyOf !== undefined) matches = this.#visitUnion(schema.anyOf, value) && matches
    if (schema.oneOf !== undefined) matches = this.#visitOneOf(schema.oneOf, value) && matches
    if (schema.not !== undefined && this.#try(schema.not, value)) matches = this.#fail('must not be what it is')
    if (schema.if === undefined) return matches
    const then = this.#try(schema.if, value) ? schema.then : schema.else
    return (then === undefined || this.#visit(then, value)) && matches
  }

  #visitUnion(alternatives: readonly SubSchema[], value: unknown): boolean {
    const plan = this.#options.planOf(alternatives)
    const candidates = plan.candidates(value)
    const [only] = candidates
    if (candidates.length === 1 && only !== undefined) return this.#visit(alternatives[only] ?? false, value)
    if (candidates.some((index) => this.#try(alternatives[index] ?? false, value))) return true
    if (candidates.length > 0) return this.#fail(`must match one of its alternatives, got ${describe(value)}`)
    const { discriminator, tags } = plan
    if (discriminator === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) {
      return this.#fail(`must be ${plan.types.join(' or ')}, got ${describe(value)}`)
    }
    return this.#at(discriminator, () =>
      this.#fail(`must be one of ${listValues(tags)}, got ${describe(plan.tagOf(value))}`),
    )
  }

  #visitOneOf(alternatives: readonly SubSchema[], value: unknown): boolean {
    const candidates = this.#options.planOf(alternatives).candidates(value)
    if (candidates.length < 2) return this.#visitUnion(alternatives, value)
    const count = candidates.filter((index) => this.#try(alternatives[index] ?? false, value)).length
    return count === 1 || this.#fail(`must match exactly one of its alternatives, got ${describe(value)}`)
  }

  /** Whether a value matches, without saying why not. */
  #try(schema: SubSchema, value: unknown): boolean {
    this.#trying += 1
    const matches = this.#visit(schema, value)
    this.#trying -= 1
    return matches
  }

  #at(step: string, visit: () => boolean): boolean {
    this.#path.push(step)
    const matches = visit()
    this.#path.pop()
    return matches
  }

  #fail(message: string): false {
    if (this.#trying > 0) return false
    this.#total += 1
    if (this.#issues.length < this.#options.maxIssues && this.#chars < MAX_REPORT_CHARS) {
      const issue = createIssue(this.#path, message)
      this.#chars += issue.path.length + issue.message.length
      this.#issues.push(issue)
    }
    if (this.#total >= this.#options.maxIssues * COUNTED_PER_LISTED) throw OUT_OF_BUDGET
    return false
  }
}

/** Names that an object lacks, those that another property asks for too. */
function missingNames({ required = [], dependentRequired = {} }: SchemaKeywords, value: object): readonly string[] {
  const dependent = Object.entries(dependentRequired).flatMap(([name, names]) =>
    Object.hasOwn(value, name) ? names : [],
  )
  return [...new Set([...required, ...dependent])].filter((name) => !Object.hasOwn(value, name))
}

/** Issues counted for each that may be listed, so that `total` says more than "too many" and stays bounded. */
const COUNTED_PER_LISTED = 5

/** What a 400 may hold of issues, in characters: some twenty usual ones. */
const MAX_REPORT_CHARS = 4_096

const CHECK_STEPS_PER_STEP = 20
const CHARS_PER_STEP = 20
const CONSTANTS_PER_STEP = 200
