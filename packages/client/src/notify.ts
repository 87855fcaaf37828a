/** Runs a listener; what it throws, or its promise rejects with, goes to `report` and to nobody else. */
export function notify(listener: () => unknown, report: (error: unknown) => void): void {
  try {
    const result = listener()
    if (result instanceof Promise) result.catch(report)
  } catch (error) {
    report(error)
  }
}
