/** A flag as it was written: `--uid 7`, `--uid=7`, or without a value. */
export interface Flag {
  readonly name: string
  readonly value: string | undefined
}

/** The words of a call: parameters by place, and flags. */
export interface Words {
  readonly positionals: readonly string[]
  readonly flags: readonly Flag[]
}

/**
 * Splits words into parameters and flags. A value that begins with `--` goes behind an equals sign.
 *
 * @param isSwitch whether a flag goes without a value.
 */
export function splitWords(words: readonly string[], isSwitch: (flag: string) => boolean): Words {
  const positionals: string[] = []
  const flags: Flag[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] as string
    const [, name, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? []
    if (name === undefined) positionals.push(word)
    else {
      const next = words[at + 1]
      const takesNext = inline === undefined && !isSwitch(name) && next !== undefined && !next.startsWith('--')
      flags.push({ name, value: takesNext ? next : inline })
      if (takesNext) at += 1
    }
  }
  return { positionals, flags }
}
