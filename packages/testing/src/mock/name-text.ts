import type { Draw } from './draw.ts'

/** A text that people expect under a property's name: a person under `name`, a sentence under `text`; else some words. */
export function nameText(name: string, draw: Draw): string {
  const make = NAMES.find(([pattern]) => pattern.test(name))?.[1]
  return make === undefined ? draw.faker.word.words(2) : make(draw)
}

/** By the end of the name, the more special first. */
const NAMES: readonly (readonly [RegExp, (draw: Draw) => string])[] = [
  [/first_?name$/i, ({ faker }) => faker.person.firstName()],
  [/(last_?name|surname)$/i, ({ faker }) => faker.person.lastName()],
  [/(user_?name|nick(name)?|login|handle)$/i, ({ faker }) => faker.internet.username().toLowerCase()],
  [/(file_?name|file|path)$/i, ({ faker }) => faker.system.commonFileName()],
  [/(company|organization|organisation|team)(_?name)?$/i, ({ faker }) => faker.company.name()],
  [/(product|item)(_?name)?$/i, ({ faker }) => faker.commerce.productName()],
  [/(name|author|owner|user|member|person)$/i, ({ faker }) => `${faker.person.firstName()} ${faker.person.lastName()}`],
  [/e_?mail$/i, ({ faker }) => faker.internet.exampleEmail().toLowerCase()],
  [/(phone|mobile)$/i, ({ faker }) => `+1555010${faker.string.numeric(4)}`],
  [/city$/i, ({ faker }) => faker.location.city()],
  [/country_?code$/i, ({ faker }) => faker.location.countryCode()],
  [/country$/i, ({ faker }) => faker.location.country()],
  [/(street|address)$/i, ({ faker }) => faker.location.streetAddress()],
  [/(zip|postal)_?(code)?$/i, ({ faker }) => faker.location.zipCode('#####')],
  [/currency$/i, ({ faker }) => faker.finance.currencyCode()],
  [/(locale|lang|language)$/i, ({ faker }) => faker.helpers.arrayElement(['en', 'de', 'fr', 'es', 'ja'])],
  [/(color|colour)$/i, ({ faker }) => faker.color.human()],
  [/version$/i, ({ faker }) => faker.system.semver()],
  [/(url|uri|link|href|avatar|image|photo|icon)$/i, (draw) => `https://example.org/${draw.word()}.png`],
  [/(title|subject|topic|headline)$/i, ({ faker }) => capital(faker.word.words({ count: { min: 2, max: 5 } }))],
  [/question$/i, ({ faker }) => `${capital(faker.word.words(4))}?`],
  [/(text|message|msg|body|content|comment|note|description|summary|bio|reason|alt)$/i, (draw) => sentence(draw)],
  [/(room|channel|group|slug|tag|category|kind|option|label)$/i, (draw) => draw.word()],
  [/(token|secret|hash|key|cursor|nonce)$/i, ({ faker }) => faker.string.alphanumeric(24)],
  [/(^|[a-z_])(id|Id|ID)$/, ({ faker }) => faker.string.nanoid(12)],
]

function sentence({ faker }: Draw): string {
  return capital(faker.hacker.phrase())
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
