import { searchSteps } from '@wsrv/protocol'
import type { CheckBudget } from './check-budget.ts'
import { formatSteps, freeChars, type SearchCosts, SHORT_CHARS, searchCostOf } from './pattern-cost.ts'
import { mapParts, partsOf, refName, type SchemaKeywords, type SchemaTypes, type SubSchema } from './schema-keywords.ts'
import { UnionPlan } from './union-plan.ts'
import { findDuplicate } from './unique-items.ts'

/** Checks values against one schema. */
export type Check = (value: unknown) => boolean

interface Refinement {
  readonly check: Check
  readonly error: () => string
}

/** What {@link SchemaGuard} needs. */
export interface SchemaGuardOptions {
  readonly types: SchemaTypes
  readonly budget: CheckBudget
  /** What the searches for patterns cost. */
  readonly patterns: SearchCosts
  /**
   * Whether some part only means what it means where it stands, so that nothing can be put in place of alternatives and references:
   * a type that refers to itself then counts how often it is looked at instead.
   */
  readonly isContextual: boolean
  /** Compiles a schema; called when a check is first needed. */
  readonly compile: (schema: SubSchema) => Check
}

/**
 * Bounds what a check can cost, keyword by keyword: recursive types are looked at once per value, wide unions and enums are
 * looked up, patterns and formats count the characters they read. A schema without any of these stays as it is, and costs
 * what it did.
 */
export class SchemaGuard {
  readonly #options: SchemaGuardOptions
  readonly #guarded = new Map<SubSchema, SubSchema>()
  readonly #recursive: ReadonlySet<string>
  readonly #checks = new Map<string, Check>()

  constructor(root: SubSchema, options: SchemaGuardOptions) {
    this.#options = options
    this.#recursive = findBranchingRecursion(root, options.types)
  }

  /** The schema to compile; the same object when there is nothing to bound. */
  guard(schema: SubSchema): SubSchema {
    if (typeof schema === 'boolean') return schema
    const known = this.#guarded.get(schema)
    if (known !== undefined) return known
    const guarded = this.#guardKeywords(schema)
    this.#guarded.set(schema, guarded)
    return guarded
  }

  #guardKeywords(schema: SchemaKeywords): SubSchema {
    const kept: Record<string, unknown> = { ...schema }
    const checks = Object.entries(this.#checksOf(schema)).flatMap(([keyword, check]) => {
      if (check === undefined) return []
      delete kept[keyword]
      return [check]
    })
    const inner = mapParts(kept, (part) => this.guard(part))
    const body = checks.length === 0 ? inner : { ...inner, '~refine': checks.map(toRefinement) }
    const guarded = this.#guardKeys(schema, body)
    return checks.length > 0 || inner !== kept || guarded !== body ? guarded : schema
  }

  /** A named type to compile. */
  guardType(name: string, type: SchemaKeywords): SubSchema {
    const guarded = this.guard(type)
    if (!this.#options.isContextual || !this.#recursive.has(name)) return guarded
    return before(guarded, () => {
      this.#options.budget.spend(STEPS_PER_COUNTED_VALUE)
      return true
    })
  }

  /** The checks that take the place of keywords, by keyword. */
  #checksOf(schema: SchemaKeywords): Readonly<Record<string, Check | undefined>> {
    const { isContextual } = this.#options
    return {
      $ref: isContextual ? undefined : this.#refCheck(schema),
      enum: enumCheck(schema),
      uniqueItems: this.#uniqueCheck(schema),
      pattern: this.#patternCheck(schema),
      format: this.#formatCheck(schema),
      anyOf: isContextual ? undefined : this.#unionCheck(schema.anyOf, 'anyOf'),
      oneOf: isContextual ? undefined : this.#unionCheck(schema.oneOf, 'oneOf'),
    }
  }

  /** Keys are searched too, and may be as long as a message: before the validator does, for its own order is another. */
  #guardKeys({ patternProperties }: SchemaKeywords, body: SchemaKeywords): SubSchema {
    const { budget, patterns } = this.#options
    const costs = Object.keys(patternProperties ?? {}).map((pattern) => searchCostOf(pattern, patterns))
    const dear = costs.filter(({ degree, factor }) => degree > 1 || factor > 1)
    if (dear.length === 0) return body
    const free = Math.min(...dear.map(freeChars))
    return before(body, (value) => {
      if (typeof value !== 'object' || value === null) return true
      for (const key in value) {
        if (key.length > free) for (const cost of dear) budget.spend(searchSteps(cost, key.length))
      }
      return true
    })
  }

  #refCheck({ $ref }: SchemaKeywords): Check | undefined {
    const name = refName($ref)
    return name !== undefined && this.#recursive.has(name) ? this.#checkOf(name) : undefined
  }

  /** Looks at each value of a recursive type once in a check, however many alternatives lead to it. */
  #checkOf(name: string): Check {
    const made = this.#checks.get(name)
    if (made !== undefined) return made
    const { types, budget } = this.#options
    const type = types[name] as SchemaKeywords
    const check = this.#lazily(type)
    const once: Check = (value) => {
      if (typeof value !== 'object' || value === null) return check(value)
      const verdicts = budget.verdictsOf(type)
      const known = verdicts.get(value)
      if (known !== undefined) return known
      budget.spend(STEPS_PER_VALUE)
      const verdict = check(value)
      verdicts.set(value, verdict)
      return verdict
    }
    this.#checks.set(name, once)
    return once
  }

  #unionCheck(alternatives: readonly SubSchema[] | undefined, keyword: 'anyOf' | 'oneOf'): Check | undefined {
    if (alternatives === undefined || alternatives.length <= FEW_ALTERNATIVES) return undefined
    const { types, budget } = this.#options
    const plan = new UnionPlan(alternatives, types)
    const checks = alternatives.map((one) => this.#lazily(one))
    const accepts =
      (value: unknown) =>
      (index: number): boolean => {
        budget.spend(STEPS_PER_VALUE)
        return checks[index]?.(value) === true
      }
    if (keyword === 'anyOf') return (value) => plan.candidates(value).some(accepts(value))
    return (value) => plan.candidates(value).filter(accepts(value)).length === 1
  }

  #patternCheck({ pattern }: SchemaKeywords): Check | undefined {
    if (pattern === undefined) return undefined
    const { budget, patterns } = this.#options
    const cost = searchCostOf(pattern, patterns)
    const free = freeChars(cost)
    const expression = new RegExp(pattern, 'u')
    return (value) => {
      if (typeof value !== 'string') return true
      if (value.length > free) budget.spend(searchSteps(cost, value.length))
      return expression.test(value)
    }
  }

  #formatCheck({ format }: SchemaKeywords): Check | undefined {
    if (format === undefined) return undefined
    const { budget, compile } = this.#options
    const check = compile({ type: 'string', format })
    return (value) => {
      if (typeof value !== 'string') return true
      if (value.length > SHORT_CHARS) budget.spend(formatSteps(format, value.length))
      return check(value)
    }
  }

  #uniqueCheck({ uniqueItems }: SchemaKeywords): Check | undefined {
    if (uniqueItems !== true) return undefined
    const spend = (steps: number): void => this.#options.budget.spend(steps)
    return (value) => !Array.isArray(value) || findDuplicate(value, spend) === -1
  }

  #lazily(schema: SubSchema): Check {
    let check: Check | undefined
    return (value) => {
      check ??= this.#options.compile(this.guard(schema))
      return check(value)
    }
  }
}

/** The validator's own code tries so few one after the other faster than they could be looked up. */
const FEW_ALTERNATIVES = 8
const FEW_CONSTANTS = 16

/** A call and a lookup. */
const STEPS_PER_VALUE = 20
/** Beside `unevaluated…` the validator notes each property that it has looked at. */
const STEPS_PER_COUNTED_VALUE = 200

/** A schema that looks at a value in another way first. */
function before(schema: SubSchema, check: Check): SubSchema {
  return { allOf: [{ '~refine': [toRefinement(check)] } as SubSchema, schema] }
}

function toRefinement(check: Check): Refinement {
  return { check, error: () => '' }
}

function enumCheck({ enum: values }: SchemaKeywords): Check | undefined {
  if (values === undefined || values.length <= FEW_CONSTANTS) return undefined
  if (values.some((value) => typeof value === 'object' && value !== null)) return undefined
  const known = new Set(values)
  return (value) => known.has(value)
}

/** The named types through which a value can be looked at more than once, and again at every level below. */
function findBranchingRecursion(root: SubSchema, types: SchemaTypes): ReadonlySet<string> {
  const links = new Map<string, readonly Link[]>()
  const waiting = linksOf(root).map(({ name }) => name)
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (links.has(name) || !Object.hasOwn(types, name)) continue
    const found = linksOf(types[name] as SchemaKeywords)
    links.set(name, found)
    waiting.push(...found.map((link) => link.name))
  }
  const reached = new Map<string, ReadonlySet<string>>()
  const leadsTo = (from: string, to: string): boolean => {
    const known = reached.get(from) ?? reach(from, links)
    reached.set(from, known)
    return known.has(to)
  }
  const branching = [...links].flatMap(([from, found]) =>
    found.filter(({ name, isBranch }) => isBranch && leadsTo(name, from)).map(({ name }) => name),
  )
  return new Set(branching)
}

/** A reference to a named type, and whether it is one of several ways for a value. */
interface Link {
  readonly name: string
  readonly isBranch: boolean
}

function linksOf(schema: SubSchema, isInBranch = false): readonly Link[] {
  if (typeof schema === 'boolean') return []
  const name = refName(schema.$ref)
  const own = name === undefined ? [] : [{ name, isBranch: isInBranch || Object.keys(schema).length > 1 }]
  return [...own, ...partsOf(schema).flatMap((part) => linksOf(part.schema, isInBranch || part.isBranch))]
}

function reach(from: string, links: ReadonlyMap<string, readonly Link[]>): ReadonlySet<string> {
  const reached = new Set<string>()
  const waiting = [from]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue
    reached.add(name)
    waiting.push(...(links.get(name) ?? []).map((link) => link.name))
  }
  return reached
}
