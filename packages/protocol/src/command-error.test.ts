import { describe, expect, it } from 'vitest'
import { CommandError } from './command-error.ts'

describe('CommandError', () => {
  const failure = {
    cmd: 'register',
    seqno: '1',
    status: 1001,
    code: 'uid_taken',
    msg: 'uid 7 is taken',
    data: { uid: 7 },
  }

  it('puts its code first in the message', () => {
    expect(new CommandError(failure).message).toBe('[uid_taken] register: uid 7 is taken')
  })

  it('keeps what it was made of, and its cause', () => {
    const cause = new Error('socket')
    const error = new CommandError(failure, { cause })
    expect(error).toMatchObject({ ...failure, cause, name: 'CommandError' })
    expect(error).toBeInstanceOf(Error)
  })
})
