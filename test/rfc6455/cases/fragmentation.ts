import { reply } from '../../support/echo-server.ts'
import { frame } from '../../support/frame.ts'
import type { Rfc6455Section } from '../case.ts'

const answer = reply('echo', 'a')
const head = '{"cmd":"echo",'
const middle = '"seqno":"a",'
const tail = '"data":{}}'

/** Messages in several frames. */
export const fragmentation: Rfc6455Section = {
  section: '§5.4 fragmentation',
  cases: [
    {
      title: 'two fragments are one message',
      sends: [frame(0x01, head + middle), frame(0x80, tail)],
      answers: [answer],
    },
    {
      title: 'three fragments in one write are one message',
      sends: [Buffer.concat([frame(0x01, head), frame(0x00, middle), frame(0x80, tail)])],
      answers: [answer],
    },
    {
      title: 'more than 16,384 fragments, each of which would be kept, are too many',
      sends: [Buffer.concat([frame(0x01, ' '), ...Array.from({ length: 16_384 }, () => frame(0x00, ' '))])],
      answers: [],
      violation: 1008,
    },
    {
      title: 'a fragment for each byte is one message',
      sends: [...(head + middle + tail)].map((char, at, all) =>
        frame((at === 0 ? 0x01 : 0) | (at === all.length - 1 ? 0x80 : 0), char),
      ),
      answers: [answer],
    },
    {
      title: 'fragments of a binary message are answered in a binary one',
      sends: [frame(0x02, head + middle), frame(0x80, tail)],
      answers: [`binary "${answer.slice('text '.length)}"`],
    },
    {
      title: 'a first fragment without bytes is part of its message',
      sends: [frame(0x01), frame(0x80, head + middle + tail)],
      answers: [answer],
    },
    {
      title: 'a last fragment without bytes ends its message',
      sends: [frame(0x01, head + middle + tail), frame(0x00), frame(0x80)],
      answers: [answer],
    },
    {
      title: 'fragments that are all empty are a heartbeat',
      sends: [frame(0x01), frame(0x00), frame(0x80)],
      answers: [],
    },
    {
      title: 'a ping between fragments is answered at once and the message goes on',
      sends: [frame(0x01, head), frame(0x89, 'now'), frame(0x00, middle), frame(0x89, 'again'), frame(0x80, tail)],
      answers: ['pong "now"', 'pong "again"', answer],
    },
    {
      title: 'an unasked pong between fragments is ignored and the message goes on',
      sends: [frame(0x01, head + middle), frame(0x8a, 'x'), frame(0x80, tail)],
      answers: [answer],
    },
    {
      title: 'a close between fragments drops the message',
      sends: [frame(0x01, head), frame(0x88, Buffer.of(0x03, 0xe8))],
      answers: ['close 1000'],
    },
    { title: 'a continuation of nothing is a protocol error', sends: [frame(0x80, 'x')], answers: [], violation: 1002 },
    {
      title: 'an unfinished continuation of nothing is a protocol error',
      sends: [frame(0x00, 'x')],
      answers: [],
      violation: 1002,
    },
    {
      title: 'a continuation after the last fragment is a protocol error',
      sends: [frame(0x01), frame(0x80), frame(0x80)],
      answers: [],
      violation: 1002,
    },
    {
      title: 'a new text message inside a fragmented one is a protocol error',
      sends: [frame(0x01, head), frame(0x81, 'x')],
      answers: [],
      violation: 1002,
    },
    {
      title: 'a new binary message inside a fragmented one is a protocol error',
      sends: [frame(0x01, head), frame(0x02, 'x')],
      answers: [],
      violation: 1002,
    },
    {
      title: 'reserved bits on a continuation are a protocol error',
      sends: [frame(0x01, head), frame(0xc0, tail)],
      answers: [],
      violation: 1002,
    },
  ],
}
