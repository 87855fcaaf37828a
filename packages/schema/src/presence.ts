import type { JsonSchema } from './json-schema.ts'

/** What a {@link PresenceDefinition} declares. */
export interface PresenceSpec {
  readonly value: JsonSchema
}

/** What members of rooms show to each other: what a schema file exports, at most once per contract. */
export interface PresenceDefinition {
  readonly kind: 'presence'
  readonly spec: PresenceSpec
}

/**
 * Declares what a member of a room shows: the type of `c.join(room, value)` and of `server.to(room).members()`. It stays on the
 * servers, which check it; what clients see of it is what commands and pushes say.
 */
export function presence(value: JsonSchema): PresenceDefinition {
  return { kind: 'presence', spec: { value } }
}
