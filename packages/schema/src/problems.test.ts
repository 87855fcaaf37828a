import { Type } from 'typebox'
import { expect, it } from 'vitest'
import { buildContract } from './build-contract.ts'
import { command } from './command.ts'
import { formatProblem } from './problem.ts'
import { push } from './push.ts'

/** Every problem of one schema file, as text. */
function problemsOf(exports: Readonly<Record<string, unknown>>): readonly string[] {
  return buildContract([{ file: 'a.ts', exports }]).problems.map(formatProblem)
}

const uid = Type.Object({ uid: Type.Integer() })
const circular: { type: string; items?: object } = { type: 'array' }
circular.items = circular

/** What is wrong, the exports, and what is said about them. */
const cases: readonly (readonly [
  title: string,
  exports: Readonly<Record<string, unknown>>,
  said: readonly string[],
])[] = [
  [
    'a reserved cmd',
    { hello: command({ cmd: '$hello' }) },
    [
      'a.ts: hello: cmd "$hello" is reserved. Expected a name that does not begin with "$", which belongs to the protocol.',
    ],
  ],
  [
    'a cmd that is no name',
    { join: command({ cmd: 'chat..join' }) },
    [
      'a.ts: join: cmd "chat..join" is not a command name. Expected segments joined by dots, each a letter followed by letters, digits, "_", "/", ":" or "-", as in chat.join.',
    ],
  ],
  [
    'a cmd that is too long',
    { long: command({ cmd: 'x'.repeat(200) }) },
    ['a.ts: long: cmd has 200 characters. Expected at most 128.'],
  ],
  [
    'a cmd that is no string',
    { odd: command({ cmd: 7 as never }) },
    [
      'a.ts: odd: cmd is 7. Expected segments joined by dots, each a letter followed by letters, digits, "_", "/", ":" or "-", as in chat.join.',
    ],
  ],
  [
    'a default export without a cmd',
    { default: command({}) },
    [
      "a.ts: default: a default export has no name to make a cmd of. Expected a named export. Export it as a const, or give it a cmd: command({ cmd: 'register', … }).",
    ],
  ],
  [
    'a cmd that hides a member of the client',
    { close: command({}) },
    [
      'a.ts: close: cmd "close" would hide the client\'s own member "close". Expected a name that neither the client nor every object has. Nest it under a word of yours, as in "app.close".',
    ],
  ],
  [
    'a cmd that makes the client a promise',
    { wait: command({ cmd: 'then' }) },
    [
      'a.ts: wait: cmd "then" would hide the client\'s own member "then". Expected a name that neither the client nor every object has. Nest it under a word of yours, as in "app.then".',
    ],
  ],
  [
    'params that are no properties',
    { register: command({ request: uid as object, params: ['uuid'] }) },
    [
      'a.ts: register: params names "uuid", which is not a property of request (has: uid). Expected names of properties of request.',
    ],
  ],
  [
    'params of an empty request',
    { register: command({ params: ['uid'] }) },
    [
      'a.ts: register: params names "uid", which is not a property of request (it has none). Expected names of properties of request.',
    ],
  ],
  [
    'a param given twice',
    { register: command({ request: uid, params: ['uid', 'uid'] }) },
    ['a.ts: register: params names "uid" twice. Expected each property once.'],
  ],
  [
    'an optional param before a required one',
    {
      find: command({
        request: Type.Object({ limit: Type.Optional(Type.Integer()), name: Type.String() }),
        params: ['limit', 'name'],
      }),
    },
    ['a.ts: find: params names the optional "limit" before the required "name". Expected required properties first.'],
  ],
  [
    'a request that is no object',
    { say: command({ request: Type.String() }) },
    [
      'a.ts: say: request is not an object schema. Expected Type.Object({ … }). Give the value a name: Type.Object({ value: … }) with params: ["value"].',
    ],
  ],
  [
    'statuses below 1000, not integers, and used twice',
    {
      buy: command({
        errors: { poor: { status: 402 }, odd: { status: 1000.5 }, gone: { status: 1404 }, lost: { status: 1404 } },
      }),
    },
    [
      'a.ts: buy: the error "poor" has status 402. Expected an integer of 1000 or more; those below are the framework\'s.',
      'a.ts: buy: the error "odd" has status 1000.5. Expected an integer of 1000 or more; those below are the framework\'s.',
      'a.ts: buy: the errors "gone" and "lost" share status 1404. Expected a different status for each.',
    ],
  ],
  [
    'an error name that is no identifier',
    { buy: command({ errors: { 'too-poor': { status: 1001 } } }) },
    [
      'a.ts: buy: the error name "too-poor" is not an identifier. Expected a letter followed by letters, digits or "_".',
    ],
  ],
  [
    "an error name that is the framework's",
    { buy: command({ errors: { timeout: { status: 1001 } } }) },
    ['a.ts: buy: the error name "timeout" is the framework\'s own code. Expected a name that no framework status has.'],
  ],
  [
    'a timeout that is no positive integer',
    { slow: command({ timeoutMs: 0 }) },
    ['a.ts: slow: timeoutMs is 0. Expected a positive integer, in ms.'],
  ],
  [
    'a cost that is no integer of 0 or more',
    { search: command({ rateLimit: { cost: -1 } }) },
    ['a.ts: search: rateLimit.cost is -1. Expected an integer of 0 or more, in requests.'],
  ],
  [
    'what becomes of a push behind a slow reader, said wrongly',
    {
      a: push({ whenSlow: 'block' } as object),
      b: push({ data: uid, coalesceBy: 'uid' }),
      c: push({ data: uid, whenSlow: 'latest', coalesceBy: 'id' }),
    },
    [
      'a.ts: a: whenSlow is "block". Expected "close", "drop_oldest" or "latest".',
      'a.ts: b: coalesceBy stands there without whenSlow: "latest". Expected both, or neither. The other ways to treat a slow reader do not tell values apart.',
      'a.ts: c: coalesceBy names "id", which is not a property of data (has: uid). Expected the name of a property of data.',
    ],
  ],
  [
    'a snapshot that cannot be fetched',
    {
      list: command({ request: Type.Object({ uid: Type.Integer() }) }),
      all: command({ stream: uid }),
      a: push({ snapshot: 'lists' }),
      b: push({ snapshot: 'list' }),
      c: push({ snapshot: 'all' }),
    },
    [
      'a.ts: a: snapshot names "lists", which is not a command. Expected "list".',
      'a.ts: b: snapshot names "list", which requires uid. Expected a command that answers once and requires no field.',
      'a.ts: c: snapshot names "all", which is a stream. Expected a command that answers once and requires no field.',
    ],
  ],
  [
    'options that command() and push() do not have',
    { get: command({ requets: uid, retries: 3 } as object), gone: push({ request: uid } as object) },
    [
      'a.ts: get: "requets" is not an option of command(). Expected "request".',
      'a.ts: get: "retries" is not an option of command(). Expected one of description, cmd, renamedFrom, request, params, response, stream, errors, idempotent, timeoutMs, rateLimit, deprecated.',
      'a.ts: gone: "request" is not an option of push(). Expected one of description, cmd, data, whenSlow, coalesceBy, snapshot, deprecated.',
    ],
  ],
  [
    'keywords that are nearly right',
    {
      get: command({ request: Type.Object({ name: Type.String({ minLenght: 1 }) }, { additionalproperties: false }) }),
    },
    [
      'a.ts: get: request.name has the keyword "minLenght", which JSON Schema does not know. Expected "minLength". Begin a keyword of your own with "x-".',
      'a.ts: get: request has the keyword "additionalproperties", which JSON Schema does not know. Expected "additionalProperties". Begin a keyword of your own with "x-".',
    ],
  ],
  [
    'keywords that hold what they cannot hold',
    {
      set: command({
        request: Type.Object({
          name: Type.String({ minLength: '1' as never, maxLength: -3 }),
          slug: Type.String({ pattern: '(' }),
          mail: Type.String({ format: 'emial' }),
          age: { type: 'int', multipleOf: 0 },
          tags: { type: ['array', 'nul'], uniqueItems: 'yes' },
          limit: Type.Integer({ minimum: 3, maximum: 0 }),
        }),
      }),
    },
    [
      'a.ts: set: minLength of request.name is "1". Expected an integer of 0 or more.',
      'a.ts: set: maxLength of request.name is -3. Expected an integer of 0 or more.',
      'a.ts: set: pattern of request.slug is "(" (Unterminated group). Expected a regular expression, as ECMAScript writes it under the flag u.',
      'a.ts: set: format of request.mail is "emial", which validators let pass. Expected "email". Begin a format of your own with "x-".',
      'a.ts: set: type of request.age is "int". Expected one of string, number, integer, boolean, object, array, null.',
      'a.ts: set: multipleOf of request.age is 0. Expected a number above 0.',
      'a.ts: set: type of request.tags is "nul". Expected "null".',
      'a.ts: set: uniqueItems of request.tags is "yes". Expected true or false.',
      'a.ts: set: minimum of request.limit is 3 and maximum 0. Expected minimum to be maximum at most.',
    ],
  ],
  [
    'a bigint',
    { get: command({ response: Type.Object({ id: Type.BigInt() }) }) },
    [
      "a.ts: get: response.id is a bigint, which JSON cannot carry. Expected a schema that says what the JSON looks like. Send it as text: Type.String({ pattern: '^-?[0-9]+$' }).",
    ],
  ],
  [
    'a date',
    { get: command({ response: { type: 'object', properties: { at: { type: 'Date' } } } }) },
    [
      "a.ts: get: response.at is a Date, which JSON cannot carry. Expected a schema that says what the JSON looks like. Send it as text, Type.String({ format: 'date-time' }), or as milliseconds, Type.Integer().",
    ],
  ],
  [
    'undefined',
    { get: command({ response: Type.Object({ a: Type.Undefined() }) }) },
    [
      'a.ts: get: response.a is undefined, which JSON cannot carry. Expected a schema that says what the JSON looks like. Leave the property out with Type.Optional, or send Type.Null().',
    ],
  ],
  [
    'a function',
    { get: command({ response: Type.Array(Type.Function([], Type.Void())) }) },
    [
      'a.ts: get: response[] is a function, which JSON cannot carry. Expected a schema that says what the JSON looks like. Declare a command for what it does.',
    ],
  ],
  [
    'a symbol',
    { get: command({ response: Type.Object({ a: Type.Symbol() }) }) },
    [
      'a.ts: get: response.a is a symbol, which JSON cannot carry. Expected a schema that says what the JSON looks like. Send its name: Type.Literal(…).',
    ],
  ],
  [
    'void',
    { get: command({ response: Type.Void() }) },
    [
      'a.ts: get: response is void, which JSON cannot carry. Expected a schema that says what the JSON looks like. Leave the schema out: an empty object is sent.',
    ],
  ],
  [
    'a constructor',
    { get: command({ response: Type.Constructor([], Type.Object({})) }) },
    [
      "a.ts: get: response is a constructor, which JSON cannot carry. Expected a schema that says what the JSON looks like. Send the instance's data: Type.Object(…).",
    ],
  ],
  [
    'a promise',
    { get: command({ response: { type: 'Promise' } }) },
    [
      'a.ts: get: response is a promise, which JSON cannot carry. Expected a schema that says what the JSON looks like. Declare the type of what it settles with.',
    ],
  ],
  [
    'Unsafe without a schema',
    { get: command({ response: Type.Object({ a: Type.Unsafe({}) }) }) },
    [
      "a.ts: get: response.a is Unsafe without a JSON Schema. Expected a schema that says what the JSON looks like. Give it one, as in Type.Unsafe({ type: 'string' }), or use Type.Unknown().",
    ],
  ],
  [
    'Refine',
    {
      get: command({
        response: Type.Object({
          a: Type.Refine(
            Type.String(),
            () => true,
            () => 'no',
          ),
        }),
      }),
    },
    [
      'a.ts: get: response.a holds a Refine function, which a contract as data cannot carry. Expected JSON Schema keywords only. Say it with keywords (minimum, pattern …), or check it in the handler and answer with an error of the command.',
    ],
  ],
  [
    'Codec',
    { get: command({ response: Type.Object({ a: Type.Codec(Type.String()).Decode(Number).Encode(String) }) }) },
    [
      'a.ts: get: response.a holds a Codec, which a contract as data cannot carry. Expected the type as it travels. Declare the encoded type, and decode it in the handler.',
    ],
  ],
  [
    "another library's schema",
    { get: command({ response: { '~standard': { vendor: 'zod' } } }) },
    [
      "a.ts: get: response is another validation library's schema. Expected a TypeBox type or a plain JSON Schema. Pass that library's JSON Schema of it, as z.toJSONSchema(schema) returns.",
    ],
  ],
  [
    'something that is no schema',
    { get: command({ response: 'string' as never }) },
    ['a.ts: get: response is "string". Expected a schema.'],
  ],
  [
    'a property that is no schema',
    { get: command({ response: { type: 'object', properties: { a: 1 } } }) },
    ['a.ts: get: response.a is 1. Expected a schema.'],
  ],
  [
    'a default that is not JSON',
    { get: command({ response: Type.Object({ at: Type.String({ default: new Date(0) }) }) }) },
    ['a.ts: get: default of response.at is an object. Expected a JSON value.'],
  ],
  [
    'a schema that contains itself',
    { get: command({ response: Type.Object({ list: circular }) }) },
    [
      'a.ts: get: response.list[] contains itself. Expected a schema that can be written as JSON. Refer to it by name: Type.Cyclic, or { $ref: "#/$defs/Name" }.',
    ],
  ],
  [
    'a reference to nothing',
    { get: command({ response: Type.Object({ user: Type.Ref('User') }) }) },
    [
      'a.ts: get: response.user refers to "User", which does not exist. Expected the $id of a schema or "#/$defs/Name".',
    ],
  ],
  [
    'a property __proto__',
    { get: command({ response: Type.Object({ ['__proto__']: Type.String() }) }) },
    ['a.ts: get: response has a property "__proto__". Expected a name that is safe to read.'],
  ],
  [
    'one cmd of two commands',
    { one: command({ cmd: 'x' }), two: command({ cmd: 'x' }) },
    [
      'a.ts: two: cmd "x" is already that of the command one in a.ts. Expected a unique cmd. Give one of them a cmd of its own.',
    ],
  ],
  [
    'one cmd of a command and a push',
    { one: command({ cmd: 'x' }), two: push({ cmd: 'x' }) },
    [
      'a.ts: two: cmd "x" is already that of the command one in a.ts. Expected a unique cmd. Give one of them a cmd of its own.',
    ],
  ],
  [
    'cmds that are one name in code',
    { one: command({ cmd: 'chat.join' }), two: command({ cmd: 'chat_join' }) },
    [
      'a.ts: two: cmd "chat_join" and "chat.join" of one in a.ts are both ChatJoin in code. Expected names that differ in more than case and punctuation. Rename one of them.',
    ],
  ],
  [
    'a command that is also a namespace',
    { chat: command({}), join: command({ cmd: 'chat.join' }) },
    [
      'a.ts: join: cmd "chat.join" nests in the command "chat" of chat in a.ts. Expected a name that is either a command or a namespace. Rename one of them, as "chat" to "chat.get".',
    ],
  ],
  [
    'a former name that is no name',
    { join: command({ renamedFrom: 'chat..join' }), leave: command({ renamedFrom: ['$leave', 7 as never] }) },
    [
      'a.ts: join: renamedFrom "chat..join" is not a command name. Expected segments joined by dots, each a letter followed by letters, digits, "_", "/", ":" or "-", as in chat.join.',
      'a.ts: leave: renamedFrom "$leave" is reserved. Expected a name that does not begin with "$", which belongs to the protocol.',
      'a.ts: leave: renamedFrom is 7. Expected segments joined by dots, each a letter followed by letters, digits, "_", "/", ":" or "-", as in chat.join.',
    ],
  ],
  [
    'a former name that is its own',
    { join: command({ renamedFrom: 'join' }) },
    [
      'a.ts: join: renamedFrom names "join", which is the cmd of this very command. Expected the name that it had before.',
    ],
  ],
  [
    "a former name that is another's name now",
    { join: command({ renamedFrom: ['enter', 'come'] }), enter: command({}), come: push({}) },
    [
      'a.ts: join: renamedFrom names "enter", which is the cmd of the command enter in a.ts. Expected a name that is free now. Leave it out, or remove the other: a name is answered by one.',
      'a.ts: join: renamedFrom names "come", which is the cmd of the push come in a.ts. Expected a name that is free now. Leave it out, or remove the other: a name is answered by one.',
    ],
  ],
  [
    'a former name of two commands, or twice of one',
    { enter: command({ renamedFrom: ['go', 'go'] }), join: command({ renamedFrom: 'go' }) },
    [
      'a.ts: enter: renamedFrom names "go" twice. Expected each former name once. Leave it with the command that old clients mean.',
      'a.ts: join: renamedFrom names "go", which enter in a.ts was renamed from already. Expected each former name once. Leave it with the command that old clients mean.',
    ],
  ],
  [
    'a push with a former name',
    { news: push({ renamedFrom: 'tidings' } as never) },
    [
      'a.ts: news: renamedFrom is given to a push. Expected it on a command only: a push has one name on the wire. Declare the new push beside the old, send both, and mark the old one deprecated.',
    ],
  ],
  [
    'one type name of two schemas',
    {
      get: command({ response: { $id: 'User', type: 'object', properties: { a: {} } } }),
      set: command({ response: { $id: 'User', type: 'object', properties: { b: {} } } }),
    },
    [
      'a.ts: set: the type name User is already that of another schema, get in a.ts. Expected one schema per name. Rename one of the exports or set a different $id.',
    ],
  ],
]

it.each(cases)('reports %s', (_title, exports, said) => {
  expect(problemsOf(exports)).toEqual(said)
})

it('reports all problems in the order of files, not the first', () => {
  const exports = { b: command({ timeoutMs: -1, params: ['x'] }), a: command({ request: Type.Null() }) }
  const modules = [
    { file: 'one.ts', exports },
    { file: 'two.ts', exports: { close: command({}) } },
  ]
  expect(buildContract(modules).problems.map(({ file, exportName }) => `${file} ${exportName}`)).toEqual([
    'one.ts a',
    'one.ts b',
    'one.ts b',
    'two.ts close',
  ])
})
