/** Everything the bench builds; not under version control. */
export const BUILD: string = `${import.meta.dirname}/../.build`

/** The generator's program. */
export const GENERATOR: string = `${BUILD}/generate`

/** A contestant's bundled server or client, or another of the bench's programs. */
export function program(name: string): string {
  return `${BUILD}/programs/${name}.mjs`
}
