/** The formatter breaks an array of several objects, or of several arrays, when each has several parts. */
export function isMatrix(items: readonly unknown[]): boolean {
  if (items.length < 2) return false
  const areArrays = items.every((item) => Array.isArray(item))
  const areObjects = items.every((item) => typeof item === 'object' && item !== null && !Array.isArray(item))
  return (areArrays || areObjects) && items.every((item) => Object.keys(item as object).length > 1)
}
