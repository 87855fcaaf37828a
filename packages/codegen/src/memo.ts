import type { CommandContract } from '@wsrv/schema'
import type { CommandModel } from './model/model.ts'
import type { Shape } from './model/shape.ts'
import { RunCache } from './run-cache.ts'

/**
 * What one run of the generator leaves for the next: a watch makes one and passes it down, so that a rebuild works out
 * only what changed. A run without one begins with an empty one.
 *
 * A command that did not change keeps its very objects; what is printed of them is found by their identity.
 */
export class Memo {
  /** Commands with their models, by everything that those depend on. */
  readonly commands: RunCache<BuiltCommand> = new RunCache()
  /** Printed declarations. */
  readonly declarations: WeakMap<Shape, PrintedDeclaration> = new WeakMap()
  /** Printed parts of the contract as data. */
  readonly data: WeakMap<object, PrintedData> = new WeakMap()
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
