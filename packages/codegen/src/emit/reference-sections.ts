import type { Contract, PushContract } from '@wsrv/schema'
import type { CommandModel, PushModel } from '../model/model.ts'
import type { SharedType } from '../model/shared-types.ts'
import { searchText } from '../names.ts'
import { layOut } from '../print/layout.ts'
import { printMethodType } from '../print/print-method.ts'
import { exampleValue } from './example-value.ts'
import { type Html, html } from './html.ts'
import { markdown } from './markdown.ts'
import { printCalls, printReceiving } from './reference-calls.ts'
import { describeText, printFields } from './reference-fields.ts'

/** Prints a command's section. Its last element is the place where a page that can call a server offers to. */
export function printCommand(command: CommandModel, contract: Contract): Html {
  const { cmd, docs, path, errors, formerCmds } = command
  const found = contract.commands.find((one) => one.cmd === cmd)
  if (found === undefined) return html``
  const { types } = contract
  const call = `client.${path.join('.')}: ${layOut(printMethodType(command))}`
  return printSection({
    name: cmd,
    kind: 'command',
    words: [docs.description ?? '', ...errors.map(({ name }) => name), ...formerCmds].join(' '),
    body: [
      describeText(docs),
      html`<pre><code>${call}</code></pre>\n`,
      printFacts(command),
      printFields('Request', found.request, { types, isRequest: true }),
      found.stream === undefined ? undefined : printFields('Each item', found.stream, { types }),
      printFields('Response', found.response, { types }),
      printErrors(command, found.errors, types),
      html`<h3>Example</h3>\n${printCalls(command, contract)}`,
      html`<div class="try" data-cmd="${cmd}"></div>\n`,
    ],
  })
}

/** Prints a push's section. */
export function printPush(push: PushModel, contract: Contract): Html {
  const { cmd, docs } = push
  const found = contract.pushes.find((one) => one.cmd === cmd)
  return printSection({
    name: cmd,
    kind: 'push',
    words: docs.description ?? '',
    body: [
      describeText(docs),
      found?.whenSlow === undefined ? undefined : html`<p class="dim">${slowText(found)}</p>\n`,
      printFields('Data', found?.data ?? {}, { types: contract.types }),
      html`<h3>Example</h3>\n${printReceiving(push, contract)}`,
    ],
  })
}

/** What a reader that is too slow misses. */
function slowText({ whenSlow, coalesceBy }: PushContract): string {
  if (whenSlow === 'drop_oldest') return 'A slow reader may miss the oldest.'
  return `A slow reader is sent the newest${coalesceBy === undefined ? '' : ` of each ${coalesceBy}`} only.`
}

/** Prints a named type's section. */
export function printSharedType({ typeName, type, docs }: SharedType, { types }: Contract): Html {
  const fields = printFields('Properties', types[type] ?? {}, { types })
  return printSection({
    name: typeName,
    kind: 'type',
    words: docs.description ?? '',
    body: [describeText(docs), fields],
  })
}

interface Section {
  readonly name: string
  readonly kind: string
  /** Text that the search covers besides the name. */
  readonly words: string
  readonly body: readonly (Html | undefined)[]
}

function printSection({ name, kind, words, body }: Section): Html {
  return html`<section id="${name}" data-text="${searchText(`${name} ${kind} ${words}`)}">
<h2><a href="#${name}"><code>${name}</code></a><small>${kind}</small></h2>
${body}</section>
`
}

function printFacts({ idempotent, timeoutMs, formerCmds, item }: CommandModel): Html | undefined {
  const facts = [
    item !== undefined && 'is a stream: items come before the response',
    formerCmds.length > 0 && `was called ${formerCmds.join(', ')} before, which is still answered`,
    idempotent && 'may be sent again after a lost connection',
    timeoutMs !== undefined && `times out after ${timeoutMs} ms`,
  ].filter((fact) => fact !== false)
  return facts.length === 0 ? undefined : html`<p class="dim">It ${facts.join(', and ')}.</p>\n`
}

function printErrors(
  { errors }: CommandModel,
  contracts: Contract['commands'][number]['errors'],
  types: Contract['types'],
): Html | undefined {
  if (errors.length === 0) return undefined
  const rows = errors.map(({ name, status, docs }) => {
    const data = JSON.stringify(exampleValue(contracts[name]?.data ?? {}, types))
    return html`<li><p class="field"><code class="name">${name}</code> <span class="type">status ${status}</span> <code class="dim">${data}</code></p>
${markdown(docs.description)}</li>\n`
  })
  return html`<h3>Errors</h3>\n<ul class="fields">\n${rows}</ul>\n`
}
