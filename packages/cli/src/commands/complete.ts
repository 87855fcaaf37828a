import { CONFIG_FILE } from '@wsrv/codegen'
import type { Command } from 'commander'
import type { CommandContext } from '../command.ts'
import { completeLine, SHELLS } from '../complete/complete-line.ts'
import { loadContract } from '../load-contract.ts'
import { printable } from '../show/printable.ts'

/** `wsrv complete`: the script that a shell loads, and what that asks while a line is typed. */
export function addComplete(command: Command, context: CommandContext): void {
  command
    .argument('[shell]', SHELLS.join(' | '))
    .argument('[words...]')
    .usage('<bash | zsh | fish>')
    .addHelpText('after', HELP)
    .action(async (shell: string | undefined, words: readonly string[], _options: unknown, self: Command) => {
      const program = self.parent ?? self
      if (asksForWords(program)) return answer([shell ?? '', ...words], program, context)
      if (shell === undefined || !(SHELLS as readonly string[]).includes(shell) || words.length > 0) {
        self.error(`error: expected one shell: ${SHELLS.join(' | ')}`)
      }
      const { shellScript } = await import('../complete/shell-script.ts')
      context.output.info(shellScript(shell as string))
    })
}

const HELP = `
In ~/.bashrc:                    source <(wsrv complete bash)
In ~/.zshrc, behind compinit:    source <(wsrv complete zsh)
In ~/.config/fish/config.fish:   wsrv complete fish | source`

/** The loaded script writes `--` in front of the words; commander leaves it out. */
function asksForWords(program: Command): boolean {
  const { rawArgs } = program as Command & { readonly rawArgs: readonly string[] }
  return rawArgs.includes('--')
}

/** Answers in the form that the script reads: a line for each candidate, then what to do with them. */
async function answer(words: readonly string[], program: Command, { cwd, output }: CommandContext): Promise<void> {
  const source = {
    program,
    loadContract: async () => {
      const loaded = await loadContract({ config: CONFIG_FILE }, cwd).catch(() => undefined)
      return loaded === undefined || 'diagnostics' in loaded ? undefined : loaded.contract
    },
  }
  const { candidates, takesFile } = await completeLine(words, source)
  for (const { value, description } of candidates) output.info(`${value}\t${printable(description)}`)
  output.info(`:${takesFile && candidates.length === 0 ? DEFAULT : NO_FILES}`)
}

/** Directives of the script: complete files when there is nothing else, or never. */
const DEFAULT = 0
const NO_FILES = 4
