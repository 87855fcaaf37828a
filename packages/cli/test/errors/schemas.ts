import { schema, type WrongCase } from './wrong-case.ts'

const users = (body: string) => ({ 'schema/users.ts': schema(body) })

/** Wrong schema files. */
export const SCHEMAS: readonly WrongCase[] = [
  {
    name: 'schema-syntax-error',
    files: users("export const register = command({\n  params: ['uid',,\n})"),
    exitCode: 1,
  },
  { name: 'schema-missing-import', files: users("import './uid.ts'"), exitCode: 1 },
  { name: 'schema-missing-package', files: users("import 'not-installed'"), exitCode: 1 },
  {
    name: 'schema-missing-export',
    files: users("import { pull } from '@wsrv/schema'\nexport const a = pull({})"),
    exitCode: 1,
    isProgram: true,
  },
  {
    name: 'schema-throws',
    files: users(
      'const limits = undefined as unknown as { max: number }\n\nexport const register = command({ timeoutMs: limits.max })',
    ),
    exitCode: 1,
    isProgram: true,
  },
  {
    name: 'schema-throws-in-import',
    files: { ...users("import './limits.ts'"), 'schema/limits.ts': "throw new RangeError('no limits today')\n" },
    exitCode: 1,
    isProgram: true,
  },
  { name: 'schema-throws-a-string', files: users("throw 'nothing but words'"), exitCode: 1 },
  { name: 'schema-exports-nothing', files: users('const register = command({})'), exitCode: 1 },
  {
    name: 'schema-exports-other-things',
    files: users('export const register = { request: Type.Object({}) }'),
    exitCode: 1,
  },
  {
    name: 'schema-cmd-twice',
    files: {
      ...users('export const register = command({})'),
      'schema/sign-up.ts': schema("export const signUp = command({ cmd: 'register' })"),
    },
    exitCode: 1,
  },
  { name: 'schema-bad-cmd', files: users("export const join = command({ cmd: 'chat..join' })"), exitCode: 1 },
  { name: 'schema-reserved-cmd', files: users("export const ping = command({ cmd: '$ping' })"), exitCode: 1 },
  {
    name: 'schema-types-json-cannot-carry',
    files: users(`export const get = command({
  request: Type.Object({ id: Type.BigInt() }),
  response: Type.Object({
    at: Type.Unsafe<Date>({ type: 'Date' }),
    run: Type.Function([], Type.Void()),
    tag: Type.Symbol(),
    rest: Type.Undefined(),
  }),
})`),
    exitCode: 1,
  },
  {
    name: 'schema-unsafe-without-shape',
    files: users('export const get = command({ response: Type.Object({ at: Type.Unsafe<Date>({}) }) })'),
    exitCode: 1,
  },
  {
    name: 'schema-unknown-keyword',
    files: users('export const get = command({ request: Type.Object({ name: Type.String({ minLenght: 1 }) }) })'),
    exitCode: 1,
  },
  {
    name: 'schema-unknown-option',
    files: users('export const get = command({ requets: Type.Object({}), timeout: 5 } as object)'),
    exitCode: 1,
  },
  {
    name: 'schema-broken-ref',
    files: users("export const get = command({ response: Type.Object({ next: Type.Ref('Node') }) })"),
    exitCode: 1,
  },
  {
    name: 'schema-circular',
    files: users(
      "const node: { type: string; properties?: object } = { type: 'object' }\nnode.properties = { next: node }\nexport const get = command({ response: node })",
    ),
    exitCode: 1,
  },
  {
    name: 'schema-type-names-collide',
    files: users(
      "export const a = command({ cmd: 'user.get', response: Type.Object({}) })\nexport const b = command({ cmd: 'user_get', response: Type.Object({}) })",
    ),
    exitCode: 1,
  },
  {
    name: 'schema-command-and-namespace-collide',
    files: users("export const chat = command({})\nexport const join = command({ cmd: 'chat.join' })"),
    exitCode: 1,
  },
  {
    name: 'schema-params-unknown',
    files: users(
      "export const register = command({ request: Type.Object({ uid: Type.Integer() }), params: ['uuid'] })",
    ),
    exitCode: 1,
  },
  {
    name: 'schema-error-status-taken',
    files: users('export const buy = command({ errors: { poor: { status: 402 } } })'),
    exitCode: 1,
  },
  {
    name: 'schema-default-that-its-schema-refuses',
    files: users("export const list = command({ request: Type.Object({ limit: Type.Integer({ default: 'all' }) }) })"),
    exitCode: 1,
  },
  { name: 'schema-push-is-no-object', files: users('export const tick = push({ data: 7 as never })'), exitCode: 1 },
]
