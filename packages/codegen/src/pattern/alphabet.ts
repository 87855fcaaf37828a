/** Sets of characters as bits, one per sample; two sets that share a character share a bit. */
export class Alphabet {
  /** Every character that is tried. */
  readonly samples: readonly string[]
  /** Stands before the text and behind it: what `^` and `$` match. */
  readonly begin: bigint
  readonly end: bigint
  /** Every character, and the text's begin. */
  readonly any: bigint
  readonly #sets = new Map<string, bigint>()

  /** @param pattern whose ranges the samples have the edges of. */
  constructor(pattern: string) {
    this.samples = [...new Set([...COMMON, ...samplesOf(pattern)])]
    this.begin = 1n << BigInt(this.samples.length)
    this.end = this.begin << 1n
    this.any = this.end - 1n
  }

  /** The set that a source stands for, as `[a-z]` or `\d` do. */
  setOf(source: string): bigint {
    const known = this.#sets.get(source)
    if (known !== undefined) return known
    const expression = new RegExp(`^${source}$`, 'u')
    const bits = this.samples.map((sample) => (expression.test(sample) ? '1' : '0')).reverse()
    const set = BigInt(`0b${bits.join('')}`)
    this.#sets.set(source, set)
    return set
  }

  /** The set of one sample. */
  bitOf(sample: string): bigint {
    return 1n << BigInt(this.samples.indexOf(sample))
  }

  /** One character for all that the same of some sets hold. */
  distinct(sets: readonly bigint[]): readonly string[] {
    const kinds = new Map<string, string>()
    for (const [index, sample] of this.samples.entries()) {
      const kind = sets.map((set) => (set >> BigInt(index)) & 1n).join('')
      if (!kinds.has(kind)) kinds.set(kind, sample)
    }
    return [...kinds.values()]
  }

  /** A character of a set, one that can be read where there is one; nothing for the text's begin and end. */
  pick(set: bigint): string {
    const index = this.samples.findIndex((_, at) => (set >> BigInt(at)) & 1n)
    return this.samples[index] ?? ''
  }
}

/** The characters that a pattern names, and their neighbors: where its sets begin and end. */
function samplesOf(pattern: string): readonly string[] {
  const escapes = [...pattern.matchAll(/\\u\{([\dA-Fa-f]+)\}|\\u([\dA-Fa-f]{4})|\\x([\dA-Fa-f]{2})/g)]
  const points = [
    ...escapes.map(([, ...digits]) => Number.parseInt(digits.find((one) => one !== undefined) ?? '0', 16)),
    ...Array.from(pattern, (char) => char.codePointAt(0) ?? 0),
  ]
  return points.flatMap((point) => [point, point - 1, point + 1].filter(isCodePoint).map(toText)).filter(isOne)
}

function isCodePoint(point: number): boolean {
  return point >= 0 && point <= 0x10_ff_ff
}

function toText(point: number): string {
  return String.fromCodePoint(point)
}

/** Half a character cannot be told from a whole one in the middle of a text. */
function isOne(char: string): boolean {
  return !/^[\ud800-\udfff]$/.test(char)
}

/** ASCII, those that can be read first, and some of each kind that `\p{…}`, `\w` and `\s` tell apart. */
const ASCII = Array.from({ length: 128 }, (_, point) => toText(point))
const COMMON = [
  ...ASCII.filter((char) => /[a-z]/.test(char)),
  ...ASCII.filter((char) => /[0-9]/.test(char)),
  ...ASCII.filter((char) => /[!-~]/.test(char)),
  ...ASCII,
  ...'\u0085\u00a0\u2028\u2029\ufeff²½ªéßÀıſΩλаЯאعअ٣๑中あア한Ⅷǅʰǰͅ\u0301\u093e\u200d\u2014\u201c«€+©^\ue000\uffff😀𝒳𐐷🏽🇩',
]
