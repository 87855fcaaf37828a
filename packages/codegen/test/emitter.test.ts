import { command, push } from '@wsrv/schema'
import { expect, it } from 'vitest'
import type { Emitter } from '../src/emit/emitter.ts'
import { generate } from '../src/generate.ts'
import { markdownTable } from './markdown-table.ts'

const exports = {
  register: command({ description: 'Bind.', errors: { taken: { status: 1001 }, full: { status: 1002 } } }),
  left: push({ description: 'Gone.' }),
}

it('runs behind the built-in emitters, with the model as plain data', () => {
  const config = { schema: '*.ts', client: 'client.ts', emitters: [markdownTable('API.md')] }
  const { files } = generate(config, [{ file: 'a.ts', exports }])
  expect(files.map(({ path }) => path)).toEqual(['client.ts', 'API.md'])
  expect(files[1]?.text.split('\n')).toEqual([
    '| kind | name | what | errors |',
    '| --- | --- | --- | --- |',
    '| command | register | Bind. | taken,full |',
    '| push | left | Gone. |  |',
    '',
  ])
})

it('gets a model that survives being written as JSON', () => {
  const seen: unknown[] = []
  const spy: Emitter = {
    name: 'spy',
    emit: (model) => {
      seen.push(model)
      return []
    },
  }
  generate({ schema: '*.ts', emitters: [spy] }, [{ file: 'a.ts', exports }])
  expect(JSON.parse(JSON.stringify(seen))).toEqual(seen)
})
