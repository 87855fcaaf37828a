/** The data of a command's next call: what the form and the JSON editor both show and edit. */
export interface Draft {
  /** As it stands in the JSON editor. */
  readonly text: string
  /** The last text that was JSON; what the form shows. */
  readonly value: unknown
  /** Why the text is not JSON. */
  readonly problem?: string
}

/** A draft of a value, written as a person would. */
export function draftOf(value: unknown): Draft {
  return { text: JSON.stringify(value, undefined, 2), value }
}

/** The draft after its text was edited; the value stays what it was while the text is not JSON. */
export function withText({ value }: Pick<Draft, 'value'>, text: string): Draft {
  try {
    return { text, value: JSON.parse(text) as unknown }
  } catch (error) {
    return { text, value, problem: error instanceof Error ? error.message : String(error) }
  }
}
