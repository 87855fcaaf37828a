import type { Recording } from '@wsrv/protocol/recording'
import type { MockScript, ScriptedAnswer } from './mock-script.ts'

/**
 * What a recorded server answered, as a script: each request's reply to requests with the same data, in turn, with the pushes that
 * its session was sent meanwhile.
 */
export function scriptOfRecording({ lines }: Recording): MockScript {
  const answers = new Map<string, ScriptedAnswer[]>()
  const waiting = new Map<string, Waiting>()
  for (const line of lines) {
    if ('event' in line || !isEnvelope(line.message) || line.message.cmd.startsWith('$')) continue
    const { connection = 1, from, message } = line
    const { cmd, seqno, data } = message
    const key = `${connection} ${seqno} ${cmd}`
    const asked = waiting.get(key)
    if (from === 'client') waiting.set(key, { connection, when: data ?? {}, pushes: [] })
    else if (asked === undefined) addPush([...waiting.values()], connection, { push: cmd, data })
    else answers.set(cmd, [...(answers.get(cmd) ?? []), toAnswer(asked, message)])
    if (from === 'server') waiting.delete(key)
  }
  return { answers: Object.fromEntries(answers) }
}

function toAnswer({ when, pushes }: Waiting, { status = 0, msg, data }: Envelope): ScriptedAnswer {
  const failure = status === 0 ? {} : { status, ...(msg !== undefined && { msg }) }
  return { when, ...failure, data, ...(pushes.length > 0 && { pushes }) }
}

/** A request that has no reply yet. */
interface Waiting {
  readonly connection: number
  readonly when: unknown
  readonly pushes: { readonly push: string; readonly data: unknown }[]
}

/** A push belongs to the newest request of its connection. */
function addPush(waiting: readonly Waiting[], connection: number, push: Waiting['pushes'][number]): void {
  waiting.findLast((one) => one.connection === connection)?.pushes.push(push)
}

interface Envelope {
  readonly cmd: string
  readonly seqno?: unknown
  readonly status?: number
  readonly msg?: string
  readonly data?: unknown
}

function isEnvelope(message: unknown): message is Envelope {
  return typeof message === 'object' && message !== null && typeof (message as Envelope).cmd === 'string'
}
