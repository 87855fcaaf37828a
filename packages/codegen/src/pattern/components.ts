/** A graph whose nodes are numbers. */
export interface Graph {
  readonly nodes: Iterable<number>
  readonly next: (node: number) => Iterable<number>
}

/**
 * The strongly connected components of a graph: nodes have the same number when each can be reached from the other (Tarjan 1972,
 * without recursion). A component's number is above those that it leads to.
 */
export function findComponents({ nodes, next }: Graph): ReadonlyMap<number, number> {
  const components = new Map<number, number>()
  const order = new Map<number, number>()
  const lowest = new Map<number, number>()
  const open: number[] = []
  let found = 0
  for (const root of nodes) {
    if (order.has(root)) continue
    const calls = [enter(root)]
    for (let call = calls.at(-1); call !== undefined; call = calls.at(-1)) {
      const { done, value } = call.targets.next()
      if (done === true) {
        calls.pop()
        leave(call.node, calls.at(-1)?.node)
      } else if (!order.has(value)) {
        calls.push(enter(value))
      } else if (!components.has(value)) {
        lower(call.node, order.get(value) ?? 0)
      }
    }
  }
  return components

  function enter(node: number): { readonly node: number; readonly targets: Iterator<number> } {
    lowest.set(node, order.size)
    order.set(node, order.size)
    open.push(node)
    return { node, targets: next(node)[Symbol.iterator]() }
  }

  function leave(node: number, caller: number | undefined): void {
    const low = lowest.get(node) ?? 0
    if (caller !== undefined) lower(caller, low)
    if (low !== order.get(node)) return
    for (let member = open.pop(); member !== undefined; member = open.pop()) {
      components.set(member, found)
      if (member === node) break
    }
    found += 1
  }

  function lower(node: number, to: number): void {
    lowest.set(node, Math.min(lowest.get(node) ?? to, to))
  }
}

/** The nodes on a shortest way to one that is wanted, which it ends with; nothing where there is none. */
export function findWay(
  from: readonly number[],
  next: Graph['next'],
  isWanted: (node: number) => boolean,
): readonly number[] {
  const cameFrom = new Map<number, number | undefined>()
  const waiting: (readonly [node: number, from: number | undefined])[] = from.map((node) => [node, undefined])
  for (const [node, before] of waiting) {
    if (cameFrom.has(node)) continue
    cameFrom.set(node, before)
    if (isWanted(node)) return unwind(node, cameFrom)
    for (const target of next(node)) if (!cameFrom.has(target)) waiting.push([target, node])
  }
  return []
}

function unwind(last: number, cameFrom: ReadonlyMap<number, number | undefined>): readonly number[] {
  const way: number[] = []
  for (let node: number | undefined = last; node !== undefined; node = cameFrom.get(node)) way.unshift(node)
  return way
}
