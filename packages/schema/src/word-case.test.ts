import { expect, it } from 'vitest'
import { camelCase, kebabCase, pascalCase, snakeCase } from './word-case.ts'

it.each([
  ['have_user_register', 'haveUserRegister', 'HaveUserRegister', 'have_user_register', 'have-user-register'],
  ['haveUserRegister', 'haveUserRegister', 'HaveUserRegister', 'have_user_register', 'have-user-register'],
  ['chat.join', 'chatJoin', 'ChatJoin', 'chat_join', 'chat-join'],
  ['HTTPServer', 'httpServer', 'HTTPServer', 'http_server', 'http-server'],
  ['user2FA', 'user2FA', 'User2FA', 'user2_fa', 'user2-fa'],
  ['a/b:c-d', 'aBCD', 'ABCD', 'a_b_c_d', 'a-b-c-d'],
  ['', '', '', '', ''],
])('writes %j in camel, Pascal, snake and kebab case', (name, camel, pascal, snake, kebab) => {
  expect([camelCase(name), pascalCase(name), snakeCase(name), kebabCase(name)]).toEqual([camel, pascal, snake, kebab])
})
