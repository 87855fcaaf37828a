import { reply, request } from '../../support/echo-server.ts'
import { frame } from '../../support/frame.ts'
import type { Rfc6455Section } from '../case.ts'

const echo = request('echo', 'a')
const answer = reply('echo', 'a')

/** The header of a frame: §5.1 masks, §5.2 bits, opcodes and lengths. */
export const framing: Rfc6455Section = {
  section: '§5.2 base framing',
  cases: [
    { title: 'a masked text frame is a message', sends: [frame(0x81, echo)], answers: [answer] },
    {
      title: 'a masked binary frame is a message, answered in one',
      sends: [frame(0x82, echo)],
      answers: [`binary "${answer.slice('text '.length)}"`],
    },
    {
      title: 'a frame that arrives byte by byte is a message',
      sends: [...frame(0x81, echo)].map((byte) => Buffer.of(byte)),
      answers: [answer],
    },
    {
      title: 'frames that arrive in one write are a message each',
      sends: [Buffer.concat([frame(0x81, echo), frame(0x89, 'p'), frame(0x81, request('echo', 'b'))])],
      answers: ['pong "p"', answer, reply('echo', 'b')],
    },
    { title: 'an empty message is a heartbeat and not answered', sends: [frame(0x81), frame(0x82)], answers: [] },
    ...[
      ['16 bits', request('echo', 'a', 'x'.repeat(200))] as const,
      ['64 bits', request('echo', 'a', 'x'.repeat(70_000))] as const,
    ].map(([bits, message]) => ({
      title: `a length in ${bits} is read, and written`,
      sends: [frame(0x81, message)],
      answers: [reply('echo', 'a', JSON.parse(message).data)],
    })),
    {
      title: 'a length that is not written minimally is forgiven',
      sends: [frame(0x81, echo, { length: { bits: 64, bytes: echo.length } })],
      answers: [answer],
    },
    {
      title: 'a frame without a mask is a protocol error',
      sends: [frame(0x81, echo, { isUnmasked: true })],
      answers: [],
      violation: 1002,
    },
    {
      title: 'an empty frame without a mask is a protocol error',
      sends: [frame(0x81, '', { isUnmasked: true })],
      answers: [],
      violation: 1002,
    },
    {
      title: 'a ping without a mask is a protocol error',
      sends: [frame(0x89, 'p', { isUnmasked: true })],
      answers: [],
      violation: 1002,
    },
    ...[0xc1, 0xa1, 0x91, 0xf1].map((firstByte) => ({
      title: `reserved bits are a protocol error: first byte 0x${firstByte.toString(16)}`,
      sends: [frame(firstByte, echo)],
      answers: [],
      violation: 1002,
    })),
    {
      title: 'the compression bit on a ping is a protocol error',
      sends: [frame(0xc9, 'p')],
      answers: [],
      violation: 1002,
    },
    ...[0x83, 0x84, 0x85, 0x86, 0x87, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f].map((firstByte) => ({
      title: `opcode 0x${(firstByte & 0x0f).toString(16)} is reserved: a protocol error`,
      sends: [frame(firstByte, 'x')],
      answers: [],
      violation: 1002,
    })),
    {
      title: 'what came along with a protocol error is not answered: nothing may follow a close',
      sends: [Buffer.concat([frame(0x81, echo), frame(0x83)])],
      answers: [],
      violation: 1002,
    },
  ],
}

/** How large a message may be: PROTOCOL.md §Limits, here with `maxMessageBytes` 100,000. */
export const sizes: Rfc6455Section = {
  section: '§10.4 limits',
  cases: [
    {
      title: 'a message over the limit is answered with 413 and the connection goes on',
      sends: [frame(0x81, request('echo', 'a', 'x'.repeat(100_001)))],
      answers: [tooLarge(request('echo', 'a', 'x'.repeat(100_001)).length)],
    },
    {
      title: 'a fragmented message over the limit is answered with 413 and the connection goes on',
      sends: [
        frame(0x01, `{"cmd":"echo","seqno":"a","data":"${'x'.repeat(60_000)}`),
        frame(0x80, `${'x'.repeat(60_000)}"}`),
      ],
      answers: [tooLarge(120_000 + '{"cmd":"echo","seqno":"a","data":""}'.length)],
    },
    {
      title: 'a frame over four times the limit is too big, before its payload comes',
      sends: [frame(0x81, '', { length: { bits: 64, bytes: 400_001 } })],
      answers: [],
      violation: 1009,
    },
    {
      title: 'fragments that together are over four times the limit are too big',
      sends: [frame(0x01, 'x'.repeat(200_001)), frame(0x00, 'x'.repeat(200_000))],
      answers: [],
      violation: 1009,
    },
    {
      title: 'a length over 2⁵³ is too big',
      sends: [frame(0x82, '', { length: { bits: 64, bytes: 2n ** 53n } })],
      answers: [],
      violation: 1009,
    },
    {
      title: 'a length with its highest bit set is too big',
      sends: [frame(0x82, '', { length: { bits: 64, bytes: 2n ** 63n } })],
      answers: [],
      violation: 1009,
    },
  ],
}

function tooLarge(bytes: number): string {
  return `text {"cmd":"echo","seqno":"a","status":413,"msg":"the message must be at most 100000 bytes, got ${bytes}","data":{}}`
}
