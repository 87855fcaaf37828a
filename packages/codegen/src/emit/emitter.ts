import type { Model } from '../model/model.ts'
import type { GeneratedFile } from './generated-file.ts'

/** Turns a model into files as plain data. Pure: no I/O, and the same model yields the same bytes. A seam. */
export interface Emitter {
  /** For messages: `client`. */
  readonly name: string
  emit(model: Model): readonly GeneratedFile[]
}
