import type { Model } from '../model/model.ts'
import type { GeneratedFile } from './generated-file.ts'

/** Turns a model into files as plain data. Pure: it reads and writes nothing, and the same model makes the same bytes. Seam. */
export interface Emitter {
  /** For messages: `client`. */
  readonly name: string
  emit(model: Model): readonly GeneratedFile[]
}
