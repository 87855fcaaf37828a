/** A request of at most a mebibyte that costs as much as its sender could think of. */
export interface DearMessage {
  readonly name: string
  readonly text: string
}

const MEBIBYTE = 1_048_576
/** Room for the envelope. */
const MOST = MEBIBYTE - 200

const request = (cmd: string, data: string): string => `{"cmd":"${cmd}","seqno":"dear","data":${data}}`
const fill = (item: string, separator = ',', most = MOST): string =>
  Array.from({ length: Math.floor(most / (item.length + separator.length)) }, () => item).join(separator)
const list = (item: string): string => `{"list":[${fill(item)}]}`
const nested = (levels: number, open: string, leaf: string, close: string): string =>
  open.repeat(levels) + leaf + close.repeat(levels)

const EQ = '{"kind":"eq","field":"a","value":1}'
const deepTagged = (leaf: string): string => nested(60, '{"kind":"and","left":', leaf, `,"right":${EQ}}`)
const deepUntagged = (leaf: string): string => nested(60, '{"left":', leaf, ',"right":{"value":1}}')

/** A full tree: as many values as fit, the last leaf wrong. */
const treeOf = (levels: number, leaf: string): string =>
  levels === 0 ? leaf : `{"kind":"and","left":${treeOf(levels - 1, EQ)},"right":${treeOf(levels - 1, leaf)}}`

export const DEAR_MESSAGES: readonly DearMessage[] = [
  {
    name: 'a recursive union with a wrong leaf',
    text: request('tagged', deepTagged('{"kind":"eq","field":"a","value":"x"}')),
  },
  { name: 'a recursive union with an unknown kind', text: request('tagged', deepTagged('{"kind":"xor"}')) },
  {
    name: 'a full tree of a recursive union',
    text: request('tagged', treeOf(13, '{"kind":"eq","field":"a","value":"x"}')),
  },
  { name: 'a recursive union that nothing tells apart', text: request('untagged', deepUntagged('{"value":"x"}')) },
  { name: 'the same, and good', text: request('untagged', deepUntagged('{"value":1}')) },
  { name: 'a long text for a pattern', text: request('pattern', `{"email":"${'@'.repeat(MOST - 50)}"}`) },
  {
    name: 'a long text for a pattern with a maxLength',
    text: request('bounded', `{"email":"${'@'.repeat(MOST - 50)}"}`),
  },
  { name: 'many texts for a pattern', text: request('patterns', list(`"${'@'.repeat(250)}"`)) },
  { name: 'a long key for a pattern', text: request('keys', `{"${'@'.repeat(MOST - 50)}":1}`) },
  { name: 'many keys for a pattern', text: request('keys', `{${fill(`"${'@'.repeat(60)}":1`)}}`) },
  { name: 'a long regular expression', text: request('regex', `{"expression":"${'a.'.repeat((MOST - 50) / 2)}"}`) },
  { name: 'a long date', text: request('dates', `{"list":["${'T'.repeat(MOST - 50)}"]}`) },
  { name: 'many deep defaults', text: request('defaults', list('{}')) },
  { name: 'many deep defaults beyond maxItems', text: request('few-defaults', list('{}')) },
  { name: 'many values of a big enum', text: request('enum', list('"value 4999"')) },
  { name: 'many values not of a big enum', text: request('enum', list('"x"')) },
  { name: 'many members of a wide union', text: request('wide', list('{"kind":"kind 199","a":1}')) },
  { name: 'many wrong members of a wide union', text: request('wide', list('{"kind":"kind 199","a":"x"}')) },
  { name: 'many members of a wide oneOf', text: request('one', list('{"kind":"kind 199","a":1}')) },
  { name: 'many members of a blind union', text: request('blind', list('{"p199":1}')) },
  { name: 'many empty members of a blind union', text: request('blind', list('{}')) },
  {
    name: 'many unique numbers',
    text: request('unique', `{"list":[${Array.from({ length: 140_000 }, (_, n) => n).join()}]}`),
  },
  {
    name: 'many unique objects',
    text: request('unique', `{"list":[${Array.from({ length: 60_000 }, (_, n) => `{"a":${n}}`).join()}]}`),
  },
  { name: 'a key of a megabyte that is not known', text: request('closed', `{"${'k'.repeat(MOST - 50)}":1}`) },
  {
    name: 'a key of a megabyte above many issues',
    text: request('record', `{"${'k'.repeat(MOST / 2)}":[${fill('1', ',', MOST / 2 - 50)}]}`),
  },
  {
    name: 'many unknown properties',
    text: request('closed', `{${Array.from({ length: 80_000 }, (_, n) => `"p${n}":1`).join()}}`),
  },
  { name: 'many wrong records', text: request('plain', list('{"a":"x","b":1}')) },
  { name: 'many good records', text: request('plain', list('{"a":1,"b":"x"}')) },
  { name: 'deep and wide', text: request('anything', `[${fill(nested(60, '[', '', ']'))}]`) },
  { name: 'no JSON', text: '['.repeat(MOST) },
]
