import type { CommandContract, Contract, ContractHashes } from '@wsrv/schema'
import type { NamedContracts } from './load/lock-file.ts'
import type { CommandModel } from './model/model.ts'
import type { Shape } from './model/shape.ts'
import type { PatternCost } from './pattern/find-pattern-cost.ts'

/**
 * What one run of the generator leaves for the next: a watch makes one and passes it down, so that a rebuild works out
 * only what changed. A run without one begins with an empty one.
 *
 * A command that did not change keeps its very objects; what is printed of them is found by their identity.
 */
export class Memo {
  /** Commands with their models, by everything that those depend on. */
  readonly commands: RunCache<BuiltCommand> = new RunCache()
  /** What it costs to search for patterns, by their text. */
  readonly patterns: RunCache<PatternCost> = new RunCache()
  /** Printed declarations. */
  readonly declarations: WeakMap<Shape, PrintedDeclaration> = new WeakMap()
  /** Printed parts of the contract as data. */
  readonly data: WeakMap<object, PrintedData> = new WeakMap()
  /** Released contracts, by the text of the lock file. */
  readonly locks: RunCache<NamedContracts> = new RunCache()
  /** Hashes of released contracts. */
  readonly hashes: WeakMap<Contract, ContractHashes> = new WeakMap()
}

/** A command with the model that was built of it. */
export interface BuiltCommand {
  readonly contract: CommandContract
  readonly model: CommandModel
}

/** The text of a declaration; of the same shape under another name it is another. */
export interface PrintedDeclaration {
  readonly key: string
  readonly text: string
}

/** The text of a value, at the indentation where it stands. */
export interface PrintedData {
  readonly margin: string
  readonly text: string
}

/** What one run has made, for the next; what a run did not ask for is gone after it. Keys name everything a value depends on. */
export class RunCache<Value> {
  #last: ReadonlyMap<string, Value> = new Map()
  #current = new Map<string, Value>()

  /** The value of a key: the very same as before where this run or the last one had it. */
  getOrMake(key: string, make: () => Value): Value {
    const value = this.#current.get(key) ?? this.#last.get(key) ?? make()
    this.#current.set(key, value)
    return value
  }

  /** Ends a run. */
  endRun(): void {
    this.#last = this.#current
    this.#current = new Map()
  }
}
