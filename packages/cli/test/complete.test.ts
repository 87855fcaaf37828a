import { execFileSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createTempProject } from '../../codegen/test/temp-project.ts'
import { talk } from './talk.ts'

/** What a word may become, and whether it may be a file. */
async function complete(...words: readonly string[]) {
  const { out } = await talk('complete', '--', ...words)
  const lines = out.split('\n')
  return { values: lines.slice(0, -1).map((line) => line.split('\t')[0]), directive: lines.at(-1) }
}

describe('wsrv complete', { timeout: 60_000 }, () => {
  it.each([
    [['pi'], ['ping']],
    [['re'], ['repl', 'record', 'replay']],
    [['help', 'pin'], ['ping']],
    [
      ['complete', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [
      ['call', 'chat.'],
      ['chat.join', 'chat.send', 'chat.history'],
    ],
    [['call', 'chat.history', 'lobby', '--be'], ['--before']],
    [
      ['bench', 'register', '--u'],
      ['--uid', '--url'],
    ],
    [
      ['tail', 'have_user_'],
      ['have_user_register', 'have_user_left'],
    ],
    [
      ['diff', '--format', ''],
      ['markdown', 'github', 'sarif'],
    ],
    [['mock', '--po'], ['--port']],
    [['nothing', ''], []],
  ])('knows what %j may become', async (words, values) => {
    const found = await complete(...words)
    expect([...found.values].sort()).toEqual([...values].sort())
    expect(found.directive).toBe(':4')
  })

  it('leaves files to the shell', async () => {
    expect(await complete('replay', 'cha')).toEqual({ values: [], directive: ':0' })
    expect(await complete('mock', '--script', '')).toEqual({ values: [], directive: ':0' })
  })

  it('prints a script that a shell loads, and refuses other shells', async () => {
    for (const shell of ['zsh', 'fish']) expect((await talk('complete', shell)).out).toContain('wsrv complete --')
    expect(await talk('complete', 'tcsh')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('expected one shell: bash | zsh | fish'),
    })
  })

  it('completes in a real bash', async () => {
    const answer = (await talk('complete', '--', 'call', 'chat.j')).out
    const { out: script } = await talk('complete', 'bash')
    const files = createTempProject({
      'complete.bash': script,
      // The program itself, as far as the script asks it.
      'bin/wsrv': `#!/bin/sh\ncat <<'END'\n${answer}\nEND\n`,
      'run.bash': [
        '_get_comp_words_by_ref() { cur=chat.j; prev=call; words=(wsrv call chat.j); cword=2; }',
        'source complete.bash',
        '__wsrv_complete',
        `printf '%s\\n' "$COMPREPLY"`,
      ].join('\n'),
    })
    chmodSync(join(files.root, 'bin/wsrv'), 0o755)
    const env = { ...process.env, PATH: `${join(files.root, 'bin')}${delimiter}${process.env['PATH']}` }
    const said = execFileSync('bash', ['run.bash'], { cwd: files.root, env, encoding: 'utf8', stdio: 'pipe' })
    files.delete()
    expect(said.trim()).toBe('chat.join')
  })
})
