/** A name in camel case: `haveUserRegister` for `have_user_register`, `haveUserRegister` and `have-user-register`. */
export function camelCase(name: string): string {
  const [first = '', ...others] = words(name)
  return [lowerFirst(first), ...others.map(upperFirst)].join('')
}

/** A name in Pascal case: `ChatJoin` for `chat.join`. Capitals inside a word stay: `HTTPServer`. */
export function pascalCase(name: string): string {
  return words(name).map(upperFirst).join('')
}

/** A name in snake case: `have_user_register` for `haveUserRegister`. */
export function snakeCase(name: string): string {
  return words(name).join('_').toLowerCase()
}

/** A name in kebab case: `chat-join` for `chat.join`. */
export function kebabCase(name: string): string {
  return words(name).join('-').toLowerCase()
}

/** Breaks at everything that is not a letter or digit, before a capital after a small letter, and before the last capital of a run. */
const BREAK = /[^\p{L}\p{N}]+|(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u

function words(name: string): readonly string[] {
  return name.split(BREAK).filter((word) => word !== '')
}

function upperFirst(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** `chat` for `Chat`, and `http` for `HTTP`. */
function lowerFirst(word: string): string {
  const isAcronym = word.length > 1 && word === word.toUpperCase()
  return isAcronym ? word.toLowerCase() : word.charAt(0).toLowerCase() + word.slice(1)
}
