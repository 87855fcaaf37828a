import type { ScheduledPush } from '@wsrv/testing/mock'
import { type Command, InvalidArgumentError } from 'commander'
import { readPort, readShare, readTime, readTimes, readWhole } from '../client/read-options.ts'
import { addProjectOptions, type CommandContext, JSON_OPTION } from '../command.ts'
import type { MockCommandOptions } from '../serve/run-mock.ts'

/** `wsrv mock`: a server of the contract before there is one. */
export function addMock(command: Command, context: CommandContext): void {
  addProjectOptions(command)
    .option('-p, --port <number>', 'port', readPort, DEFAULT_PORT)
    .option('--host <address>', 'address to bind', '127.0.0.1')
    .option('--path <path>', 'path of the WebSocket', '/ws')
    .option('--seed <number>', 'another one draws other values', readWhole(0, MAX_SEED), 1)
    .option('--script <file>', 'answers and pushes: JSON, or a recording of a server')
    .option('--push <push>', 'pushed again and again: chat.message:5s; may be repeated', readPush)
    .option('--latency <time>', 'how long answers take: 50ms, or 50ms-200ms', readTimes)
    .option('--errors <share>', "answered with one of the command's errors: 10%", readShare)
    .option('--drops <share>', 'dropped with their connection before the answer', readShare)
    .option('--slow <share>', 'answered later than the others', readShare)
    .option('--slow-by <time>', 'how much later; default 3s', readTime)
    .option('--play', 'serve the playground, too, under /play/')
    .option(...JSON_OPTION)
    .action(async (options: MockCommandOptions) => {
      const { runMock } = await import('../serve/run-mock.ts')
      await runMock(options, context)
    })
}

function readPush(text: string, pushes: readonly ScheduledPush[] = []): readonly ScheduledPush[] {
  const [, push, every] = /^(.+):([^:]+)$/.exec(text) ?? []
  if (push === undefined || every === undefined) throw new InvalidArgumentError('Expected a push and a time: news:5s.')
  return [...pushes, { push, everyMs: readTime(every) }]
}

const DEFAULT_PORT = 8_800
const MAX_SEED = 4_294_967_295
