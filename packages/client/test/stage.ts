import { type ClientOptions, type Problem, WsrvClient } from '@wsrv/client'
import { assertNoLeaks, FakeClock, type MemoryPeer, MemoryTransport } from '@wsrv/testing'
import { afterEach } from 'vitest'

/** The pushes that tests subscribe to. */
export interface TestPushes {
  user_register: { uid: number }
  tick: number
}

/** A client on a memory transport, with everything that a test may want to look at. */
export interface Stage {
  readonly client: WsrvClient<TestPushes>
  readonly clock: FakeClock
  readonly transport: MemoryTransport
  readonly problems: Problem[]
  /** The server's end of the connection of the moment. */
  readonly peer: MemoryPeer
  /** Lets everything that is due happen, without moving time. */
  settle(): Promise<void>
}

const stages: Stage[] = []

afterEach(async () => {
  for (const { client, clock, transport, settle } of stages.splice(0)) {
    client.close()
    await settle()
    assertNoLeaks({ clock, transport })
  }
})

/** Makes a client that speaks the base protocol and whose seqnos are `aaaaaa-0001` and on; it is closed and checked for leaks after the test. */
export function createStage(options: ClientOptions = {}, transport: MemoryTransport = new MemoryTransport()): Stage {
  const clock = new FakeClock()
  const problems: Problem[] = []
  const client = new WsrvClient<TestPushes>('ws://server/ws', {
    transport,
    clock,
    random: () => 0,
    extensions: false,
    sessions: false,
    maxInFlight: 100,
    onProblem: (problem) => problems.push(problem),
    ...options,
  })
  const stage: Stage = {
    client,
    clock,
    transport,
    problems,
    get peer() {
      return transport.peer
    },
    settle: () => clock.advance(0),
  }
  stages.push(stage)
  return stage
}

/** A {@link Stage} whose connection is made: open, or with extensions greeted and not answered. */
export async function openStage(options: ClientOptions = {}): Promise<Stage> {
  const stage = createStage(options)
  await stage.settle()
  return stage
}

/** Answers the `$hello` that the current connection begins with, and takes it. */
export async function answerHello({ peer, settle }: Stage, data = '{}'): Promise<void> {
  const { cmd, seqno } = JSON.parse(String(peer.takeOne()))
  peer.send(reply(cmd, seqno, data))
  await settle()
}

/** A reply as the server writes it. */
export function reply(cmd: string, seqno: string, data = '{}'): string {
  return `{"cmd":"${cmd}","seqno":"${seqno}","status":0,"msg":"ok","data":${data}}`
}

/** A push as the server writes it. */
export function push(cmd: string, data: string): string {
  return reply(cmd, 'k3v9zq1x', data)
}
