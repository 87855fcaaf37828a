import type { DocComment } from './docs.ts'
import type { CommandModel } from './model.ts'

/** What a method of the client says: its command's docs, then what its arguments are, and how it may fail. */
export function methodDocs({ docs, request, errors }: CommandModel): DocComment {
  const params = request.params.flatMap(({ argument, docs: { description } }): DocComment['tags'] => {
    return description === undefined ? [] : [['param', `${argument} ${firstLine(description)}`]]
  })
  const fails = errors.map(({ name, docs: { description } }) => {
    return [
      'throws',
      `CommandError \`${name}\`${description === undefined ? '' : `: ${firstLine(description)}`}`,
    ] as const
  })
  return { ...docs, tags: [...params, ...fails, ...docs.tags] }
}

function firstLine(description: string): string {
  return description.trim().split(/\r?\n/)[0] ?? ''
}
