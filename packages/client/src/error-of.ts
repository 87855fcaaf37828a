import { CommandError } from '@wsrv/protocol'

/** Whether `error` is what a call of `cmd` rejected with. Generated `isCommandError` adds the types of `code` and `data`. */
export function isErrorOf(cmd: string, error: unknown): error is CommandError {
  return error instanceof CommandError && error.cmd === cmd
}
