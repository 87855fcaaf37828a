import { frame } from '../../support/frame.ts'
import type { Rfc6455Section } from '../case.ts'

/** Pings and pongs. */
export const controlFrames: Rfc6455Section = {
  section: '§5.5 control frames',
  cases: [
    {
      title: 'a ping is answered with a pong of the same payload',
      sends: [frame(0x89, 'abc')],
      answers: ['pong "abc"'],
    },
    { title: 'a ping without payload is answered with such a pong', sends: [frame(0x89)], answers: ['pong'] },
    {
      title: 'a ping of 125 bytes is answered',
      sends: [frame(0x89, 'x'.repeat(125))],
      answers: [`pong "${'x'.repeat(125)}"`],
    },
    {
      title: 'a ping’s payload need not be UTF-8',
      sends: [frame(0x89, Buffer.of(0xff, 0x61))],
      answers: ['pong "\ufffda"'],
    },
    {
      title: 'pings are answered in their order',
      sends: [Buffer.concat(['1', '2', '3'].map((payload) => frame(0x89, payload)))],
      answers: ['pong "1"', 'pong "2"', 'pong "3"'],
    },
    { title: 'a pong that nobody asked for is ignored', sends: [frame(0x8a, 'x'), frame(0x8a)], answers: [] },
    {
      title: 'a ping of 126 bytes is a protocol error',
      sends: [frame(0x89, 'x'.repeat(126))],
      answers: [],
      violation: 1002,
    },
    {
      title: 'a pong of 126 bytes is a protocol error',
      sends: [frame(0x8a, 'x'.repeat(126))],
      answers: [],
      violation: 1002,
    },
    {
      title: 'a ping whose length is in 64 bits is a protocol error',
      sends: [frame(0x89, 'abc', { length: { bits: 64, bytes: 3 } })],
      answers: [],
      violation: 1002,
    },
    { title: 'a fragmented ping is a protocol error', sends: [frame(0x09, 'ab')], answers: [], violation: 1002 },
    { title: 'a fragmented pong is a protocol error', sends: [frame(0x0a, 'ab')], answers: [], violation: 1002 },
    {
      title: 'a fragmented close is a protocol error',
      sends: [frame(0x08, Buffer.of(0x03, 0xe8))],
      answers: [],
      violation: 1002,
    },
  ],
}
