import { request } from '../../support/echo-server.ts'
import { frame } from '../../support/frame.ts'
import type { Rfc6455Case, Rfc6455Section } from '../case.ts'

/** What §7.4.1, the registry of §11.7 and §7.4.2 let an endpoint send. */
const VALID = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999]
/** Never sent (1004 to 1006, 1015), not given out yet, or outside every range. */
const INVALID = [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535]

/** The closing handshake. */
export const closing: Rfc6455Section = {
  section: '§5.5.1 and §7.4 close',
  cases: [
    {
      title: 'a close without a code is answered with one without',
      sends: [frame(0x88)],
      answers: ['close'],
      toldCode: 1005,
    },
    {
      title: 'a close with a reason is answered with both',
      sends: [close(1000, 'bye ✓')],
      answers: ['close 1000 "bye ✓"'],
    },
    {
      title: 'a reason of 123 bytes is the longest',
      sends: [close(4000, 'x'.repeat(123))],
      answers: [`close 4000 "${'x'.repeat(123)}"`],
    },
    {
      title: 'a close of 126 bytes is a protocol error',
      sends: [close(4000, 'x'.repeat(124))],
      answers: [],
      violation: 1002,
    },
    ...VALID.map((code) => ({
      title: `code ${code} is answered with the same`,
      sends: [close(code)],
      answers: [`close ${code}`],
    })),
    ...INVALID.map((code) => ({
      title: `code ${code} is a protocol error`,
      sends: [close(code)],
      answers: [],
      violation: 1002,
    })),
    { title: 'half a code is a protocol error', sends: [frame(0x88, Buffer.of(0x03))], answers: [], violation: 1002 },
    {
      title: 'a reason that is not UTF-8 is invalid data',
      sends: [frame(0x88, Buffer.of(0x03, 0xe8, 0xc3, 0x28))],
      answers: [],
      violation: 1007,
    },
    {
      title: 'a close without a mask is a protocol error',
      sends: [frame(0x88, Buffer.of(0x03, 0xe8), { isUnmasked: true })],
      answers: [],
      violation: 1002,
    },
    afterClose('a message', frame(0x81, request('echo', 'late'))),
    afterClose('a ping', frame(0x89, 'late')),
    afterClose('garbage', Buffer.from('garbage')),
    afterClose('another close', close(1001)),
  ],
}

function close(code: number, reason = ''): Buffer {
  return frame(0x88, Buffer.concat([Buffer.of(code >> 8, code & 0xff), Buffer.from(reason)]))
}

function afterClose(what: string, bytes: Buffer): Rfc6455Case {
  return {
    title: `${what} after a close is not looked at`,
    sends: [Buffer.concat([close(1000), bytes])],
    answers: ['close 1000'],
  }
}
