import { MAX_CONTAINERS, MAX_DEPTH, MAX_LARGE_OBJECT_PROPERTIES } from '@wsrv/protocol'

/**
 * Says what a JSON text has too much of before it is parsed: a parser makes an object of each two characters `{}`, and takes ten
 * times as long for keys that it has not met before. A look at each character takes a tenth of parsing.
 *
 * @returns for the client's developer; `undefined` when the text may be parsed.
 */
export function findExcess(text: string): string | undefined {
  const count = new StructureCount()
  for (let at = 0; at < text.length && count.excess === undefined; at += 1) {
    const char = text.charCodeAt(at)
    if (char === QUOTE) at = endOfString(text, at)
    else if (char === COLON) count.addProperty()
    else if (char === OPEN_OBJECT || char === OPEN_ARRAY) count.open()
    else if (char === CLOSE_OBJECT || char === CLOSE_ARRAY) count.close()
  }
  return count.excess
}

class StructureCount {
  /** What there is too much of, for the client's developer. */
  excess: string | undefined = undefined
  /** Properties so far of each object that is open, by depth; of arrays none. */
  readonly #properties: number[] = []
  #containers = 0
  #inLargeObjects = 0

  open(): void {
    this.#containers += 1
    if (this.#properties.push(0) > MAX_DEPTH + 1)
      this.excess = `data must not be nested deeper than ${MAX_DEPTH} levels`
    if (this.#containers > MAX_CONTAINERS)
      this.excess = `a message must hold at most ${MAX_CONTAINERS} objects and arrays`
  }

  addProperty(): void {
    this.#properties.push((this.#properties.pop() ?? 0) + 1)
  }

  close(): void {
    const properties = this.#properties.pop() ?? 0
    if (properties <= MANY_PROPERTIES) return
    this.#inLargeObjects += properties
    if (this.#inLargeObjects <= MAX_LARGE_OBJECT_PROPERTIES) return
    this.excess = `a message must hold at most ${MAX_LARGE_OBJECT_PROPERTIES} properties in objects of more than ${MANY_PROPERTIES}`
  }
}

/** Where a string ends that begins at a quote; the text's end when it does not. */
function endOfString(text: string, begin: number): number {
  let end = text.indexOf('"', begin + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0
  while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1
  return backslashes % 2 === 1
}

/** Records have fewer; a parser knows their keys from the record before. */
const MANY_PROPERTIES = 64

const QUOTE = 0x22
const COLON = 0x3a
const BACKSLASH = 0x5c
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
