/** Whether data holds more values than a limit, itself and whatever is in its objects and arrays counted; a cycle does. */
export function exceedsValueCount(data: unknown, maxValues: number): boolean {
  const waiting = [data]
  for (let count = 0; waiting.length > 0; count += 1) {
    if (count + waiting.length > maxValues) return true
    const value = waiting.pop()
    if (typeof value !== 'object' || value === null) continue
    const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value)
    if (parts.length > maxValues) return true
    waiting.push(...parts)
  }
  return false
}
