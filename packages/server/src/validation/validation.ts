import { MAX_SEARCHED_VALUES } from '@wsrv/protocol'
import type { Contract, JsonSchema } from '@wsrv/schema'
import { Compile, type Validator } from 'typebox/schema'
import { Settings } from 'typebox/system'
import { describeIssues, type IssueReport } from './issues.ts'
import { exceedsValueCount } from './value-count.ts'

/** A schema of the contract as a check, compiled when it is first needed: a contract of a thousand commands starts at once. */
export class SchemaCheck {
  readonly #schema: JsonSchema
  readonly #types: Contract['types']
  #validator: Validator | undefined

  /** @param types what `#/$defs/…` in the schema refers to. */
  constructor(schema: JsonSchema, types: Contract['types']) {
    this.#schema = schema
    this.#types = types
  }

  /** Whether a value matches. */
  accepts(value: unknown): boolean {
    this.#validator ??= Compile({ ...this.#schema, $defs: this.#types })
    return this.#validator.Check(value)
  }

  /**
   * What is wrong with a value that does not match; the first `maxIssues` in words. A value too large to be searched, a
   * thousand times as slow as the check, has one.
   */
  issues(value: unknown, maxIssues: number): IssueReport {
    if (exceedsValueCount(value, MAX_SEARCHED_VALUES)) return TOO_LARGE
    // TypeBox holds this bound globally; it is the host's again as soon as its synchronous walk is over.
    const { maxErrors } = Settings.Get()
    Settings.Set({ maxErrors: maxIssues * COUNTED_PER_LISTED })
    try {
      return describeIssues(this.#validator?.Errors(value)[1] ?? [], value, maxIssues)
    } finally {
      Settings.Set({ maxErrors })
    }
  }
}

/** Issues counted for each that may be listed, so that `total` says more than "too many" and stays bounded. */
const COUNTED_PER_LISTED = 5

const TOO_LARGE: IssueReport = {
  issues: [{ path: '', message: 'must match its schema; it is too large to say where it does not' }],
  total: 1,
}
