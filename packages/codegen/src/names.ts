import { camelCase, kebabCase, pascalCase } from '@wsrv/schema'

/** A type's name in generated code: `ChatJoinRequest` of `chat.join` and `Request`. */
export function typeName(...words: readonly string[]): string {
  return words.map(pascalCase).join('')
}

/** The name of a contract's own type in generated code; a framework's or a global's name gets `Data` behind it. */
export function sharedTypeName(name: string): string {
  return TAKEN_TYPE_NAMES.has(name) ? `${name}Data` : name
}

/** The name of the exported handler of a command: `chatJoin` of `chat.join`. */
export function handlerName(cmd: string): string {
  return safeIdentifier(camelCase(cmd), ['handlers', 'defineHandler'])
}

/** The file of a command's handler, without its extension: `chat-join` of `chat.join`. */
export function handlerFile(cmd: string): string {
  const file = kebabCase(cmd)
  return TAKEN_FILES.has(file) ? `${file}-handler` : file
}

/** What stands behind the name of a module of one's own where code imports it. */
export type ImportExtension = '.ts' | '.js' | ''

/** The names of a method's positional arguments; what is reserved, or taken by the method itself, gets `_` behind it. */
export function argumentNames(properties: readonly string[]): readonly string[] {
  const taken: string[] = ['client', 'commands', 'options', 'rest']
  return properties.map((property) => {
    const plain = IDENTIFIER.test(property) ? property : camelCase(property) || 'value'
    // `commandsOf…` are the tables of namespaces, which the method reads.
    const name = safeIdentifier(plain.startsWith('commandsOf') ? `${plain}_` : plain, taken)
    taken.push(name)
    return name
  })
}

/** A type's name as that of a function: `ChatCommands` becomes `chatCommands`. */
export function uncapitalize(typeName: string): string {
  return typeName.charAt(0).toLowerCase() + typeName.slice(1)
}

/** A property's key as code writes it: bare where it may be, else quoted. */
export function propertyKey(name: string): string {
  return IDENTIFIER.test(name) ? name : quote(name)
}

/** How code reads a property of an object: `commands.register`, `commands['chat.join']`. */
export function propertyAccess(object: string, name: string): string {
  return IDENTIFIER.test(name) ? `${object}.${name}` : `${object}[${quote(name)}]`
}

/** The order in which an import lists its names: by the name in this file, letter by letter, a capital before its small one. */
export function compareImported(one: string, other: string): number {
  const [first, second] = [one, other].map((name) => collate(name.replace(/^(type )?(.+ as )?/, ''))) as [
    string,
    string,
  ]
  if (first === second) return 0
  return first < second ? -1 : 1
}

function collate(name: string): string {
  return name.replaceAll(/./gsu, (letter) => {
    const small = letter.toLowerCase()
    return small + (letter === small ? '1' : '0')
  })
}

/** A text as searching compares it. */
export function searchText(text: string): string {
  return text.trim().toLowerCase()
}

/** A string as code writes it: in single quotes unless double quotes need fewer escapes. */
export function quote(text: string): string {
  if (PLAIN.test(text)) return `'${text}'`
  const json = JSON.stringify(text).slice(1, -1)
  const singles = text.split("'").length
  const doubles = text.split('"').length
  if (singles > doubles) return `"${json}"`
  return `'${json.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** ASCII without quotes and backslashes, as most texts are: nothing in it is escaped. */
const PLAIN = /^[ !#-&(-[\]-~]*$/

/** A string in the quotes that another has: what was written by hand keeps its style. */
export function quoteAs(text: string, model: string): string {
  const [mark = ''] = model
  return mark === "'" ? quote(text) : `${mark}${JSON.stringify(text).slice(1, -1)}${mark}`
}

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u

function safeIdentifier(name: string, taken: readonly string[]): string {
  let safe = /^[\p{ID_Start}$_]/u.test(name) ? name : `_${name}`
  while (RESERVED_WORDS.has(safe) || taken.includes(safe)) safe += '_'
  return safe
}

/** Words that cannot be bindings in a module (ECMA-262 §12.7.2, strict mode). */
const RESERVED_WORDS: ReadonlySet<string> = new Set(
  [
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends',
    'false finally for function if implements import in instanceof interface let new null package private protected',
    'public return static super switch this throw true try typeof undefined var void while with yield',
  ].flatMap((words) => words.split(' ')),
)

/** Types that generated files declare or import for themselves, and globals that they use or that linters protect. */
const TAKEN_TYPE_NAMES: ReadonlySet<string> = new Set(
  [
    'CallOptions Caller Client ClientOptions ClientUrl CommandError CommandErrors CommandInfo Commands FrameworkCode KnownCommand',
    'Pushes WsrvClient',
    'Api CommandHandler CommandName Context Contract BaseContext BaseMiddleware BaseServer BaseSession',
    'Handler Handlers HandlersOf Middleware Server ServerArguments Session SessionValues AppContext',
    'Array Boolean Date Error Function Infinity JSON Map Math NaN Number Object Omit Promise Proxy Record Reflect RegExp',
    'Set String Symbol',
  ].flatMap((names) => names.split(' ')),
)

const TAKEN_FILES: ReadonlySet<string> = new Set(['index', 'session', 'context'])
