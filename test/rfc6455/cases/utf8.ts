import { reply, request } from '../../support/echo-server.ts'
import { frame } from '../../support/frame.ts'
import type { Rfc6455Case, Rfc6455Section } from '../case.ts'

const WORDS = 'κόσμε ✓ 😀 \u0000\uffff\u{10ffff}'
const echo = Buffer.from(request('echo', 'a', WORDS))
const answer = reply('echo', 'a', WORDS)

/** Text is UTF-8: not overlong, no surrogates, at most U+10FFFF, no half characters. RFC 3629 §3. */
export const utf8: Rfc6455Section = {
  section: '§8.1 UTF-8',
  cases: [
    { title: 'text of every length of character is read and written', sends: [frame(0x81, echo)], answers: [answer] },
    {
      title: 'characters may be split between fragments',
      sends: [...echo].map((byte, at) =>
        frame((at === 0 ? 0x01 : 0) | (at === echo.length - 1 ? 0x80 : 0), Buffer.of(byte)),
      ),
      answers: [answer],
    },
    {
      title: 'characters may be split between writes',
      sends: [...frame(0x81, echo)].map((byte) => Buffer.of(byte)),
      answers: [answer],
    },
    invalid('a lone continuation byte', 0x80),
    invalid('a lone first byte', 0xc3),
    invalid('a first byte with no continuation after it', 0xc3, 0x28),
    invalid('an overlong slash', 0xc0, 0xaf),
    invalid('an overlong null', 0xe0, 0x80, 0x80),
    invalid('a surrogate', 0xed, 0xa0, 0x80),
    invalid('a pair of surrogates', 0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80),
    invalid('a code point over U+10FFFF', 0xf4, 0x90, 0x80, 0x80),
    invalid('a character of five bytes', 0xf8, 0x88, 0x80, 0x80, 0x80),
    invalid('0xff', 0xff),
    {
      title: 'a text cut inside a character is invalid data',
      sends: [frame(0x81, Buffer.of(0x22, 0xe2, 0x9c))],
      answers: [],
      violation: 1007,
    },
    {
      title: 'fragments are invalid data when the last ends inside a character',
      sends: [frame(0x01, Buffer.of(0x22, 0xe2)), frame(0x80, Buffer.of(0x9c))],
      answers: [],
      violation: 1007,
    },
    {
      title: 'fragments are invalid data when a later one is',
      sends: [frame(0x01, 'valid'), frame(0x00, Buffer.of(0xff)), frame(0x80, 'valid')],
      answers: [],
      violation: 1007,
    },
    {
      title: 'invalid UTF-8 in a binary message is no request, and the connection goes on',
      sends: [
        frame(
          0x82,
          Buffer.concat([Buffer.from('{"cmd":"echo","seqno":"a","data":"'), Buffer.of(0xff), Buffer.from('"}')]),
        ),
      ],
      answers: ['binary "{"cmd":"echo","seqno":"a","status":400,"msg":"the message is not valid JSON","data":{}}"'],
    },
  ],
}

function invalid(what: string, ...bytes: readonly number[]): Rfc6455Case {
  return {
    title: `${what} is invalid data`,
    sends: [frame(0x81, Buffer.concat([Buffer.from('{"cmd":"'), Buffer.from(bytes), Buffer.from('"}')]))],
    answers: [],
    violation: 1007,
  }
}
