import type { ReplayRule } from './replay-rules.ts'

/** What the server drew in place of what it had drawn when it was recorded: a session's token, an id. */
export type Drawn = Map<string, string>

/** What aligning needs to know. */
export interface AlignOptions {
  readonly cmd: string
  readonly rules: readonly ReplayRule[]
  /** Filled with each text that may differ. */
  readonly drawn: Drawn
}

/** What came, with the recorded value in each place that may differ: what still differs is wrong. */
export function align(recorded: unknown, came: unknown, options: AlignOptions): unknown {
  return alignAt(recorded, came, '', options)
}

function alignAt(recorded: unknown, came: unknown, path: string, options: AlignOptions): unknown {
  if (Object.is(recorded, came)) return came
  const { cmd, rules, drawn } = options
  if (path !== '' && rules.some((rule) => rule({ cmd, path, recorded, came }))) {
    note(recorded, came, drawn)
    return recorded
  }
  if (Array.isArray(recorded) && Array.isArray(came)) {
    return came.map((item, at) =>
      at in recorded ? alignAt(recorded[at], item, join(path, String(at)), options) : item,
    )
  }
  if (!isObject(recorded) || !isObject(came)) return came
  const names = [...Object.keys(recorded).filter((name) => Object.hasOwn(came, name)), ...Object.keys(came)]
  const aligned = [...new Set(names)].map((name) => {
    const value = came[name]
    return [
      name,
      Object.hasOwn(recorded, name) ? alignAt(recorded[name], value, join(path, name), options) : value,
    ] as const
  })
  return Object.fromEntries(aligned)
}

/** Remembers every text below that was drawn. */
function note(recorded: unknown, came: unknown, drawn: Drawn): void {
  if (typeof recorded === 'string' && typeof came === 'string') drawn.set(recorded, came)
  if (!isObject(recorded) || !isObject(came)) return
  for (const [name, value] of Object.entries(recorded)) if (Object.hasOwn(came, name)) note(value, came[name], drawn)
}

/** A request as it was recorded, with what this server has drawn in place of what the recorded one had. */
export function substitute(value: unknown, drawn: Drawn): unknown {
  if (typeof value === 'string') return drawn.get(value) ?? value
  if (Array.isArray(value)) return value.map((item) => substitute(item, drawn))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, substitute(inner, drawn)]))
}

function join(path: string, step: string): string {
  return path === '' ? step : `${path}.${step}`
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
