/** Whether objects and arrays in `value` are nested deeper than `levels`. Looks no deeper than that, so it cannot overflow. */
export function exceedsDepth(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (levels === 0) return true
  if (Array.isArray(value)) return value.some((item) => exceedsDepth(item, levels - 1))
  for (const key in value) {
    if (exceedsDepth((value as Readonly<Record<string, unknown>>)[key], levels - 1)) return true
  }
  return false
}
