import type { Contract, JsonSchema } from '@wsrv/schema'
import type { CommandModel, Model, PushModel } from '../model/model.ts'
import type { SharedType } from '../model/shared-types.ts'
import { searchText } from '../names.ts'
import { layOut } from '../print/layout.ts'
import { printJson } from '../print/print-json.ts'
import { printMethodType } from '../print/print-method.ts'
import { printType } from '../print/print-type.ts'
import type { ApiInfo } from './emit-asyncapi.ts'
import type { Emitter } from './emitter.ts'
import { exampleValue } from './example-value.ts'
import { type Html, html, raw } from './html.ts'
import { REFERENCE_SCRIPT, REFERENCE_STYLE } from './reference-assets.ts'
import { describeText, printFieldTable } from './reference-fields.ts'

/** Emits the reference page: one self-contained HTML file with search, a dark mode and a print style. */
export function referenceEmitter(path: string, info: ApiInfo): Emitter {
  return { name: 'reference', emit: (model) => [{ kind: 'printed', path, text: printPage(model, info).html }] }
}

function printPage(model: Model, { title, version }: ApiInfo): Html {
  const { commands, pushes, clientTypes, contract } = model
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="wsrv codegen ${model.version}">
<title>${title} ${version}</title>
<style>${raw(REFERENCE_STYLE)}</style>
</head>
<body>
<div class="page">
<nav>
<input type="search" placeholder="Search ( / )" aria-label="Search">
${printIndex(
  'Commands',
  commands.map(({ cmd }) => cmd),
)}${printIndex(
  'Pushes',
  pushes.map(({ cmd }) => cmd),
)}${printIndex(
  'Types',
  clientTypes.map(({ typeName }) => typeName),
)}
</nav>
<main>
<h1>${title}</h1>
<p class="dim">Version ${version} · ${commands.length} commands · ${pushes.length} pushes · contract ${contract.hashes.hash}</p>
<p id="none" class="dim" hidden>Nothing found.</p>
${commands.map((command) => printCommand(command, contract))}${pushes.map((push) => printPush(push, contract))}${clientTypes.map((type) => printSharedType(type, contract))}
</main>
</div>
<script>${raw(REFERENCE_SCRIPT)}</script>
</body>
</html>
`
}

function printIndex(title: string, names: readonly string[]): Html | undefined {
  if (names.length === 0) return undefined
  return html`<h2>${title}</h2>
<ul>
${names.map((name) => html`<li><a href="#${name}">${name}</a></li>\n`)}</ul>
`
}

interface Section {
  readonly name: string
  readonly kind: string
  /** Text that the search covers besides the name. */
  readonly words?: string
  readonly body: readonly (Html | undefined)[]
}

function printSection({ name, kind, words = '', body }: Section): Html {
  return html`<section id="${name}" data-text="${searchText(`${name} ${kind} ${words}`)}">
<h2><a href="#${name}"><code>${name}</code></a><small>${kind}</small></h2>
${body}</section>
`
}

function printCommand(command: CommandModel, contract: Contract): Html {
  const { cmd, docs, path, errors, idempotent, timeoutMs, formerCmds } = command
  const found = contract.commands.find((one) => one.cmd === cmd)
  if (found === undefined) return html``
  const call = `client.${path.join('.')}: ${layOut(printMethodType(command))}`
  const facts = [
    formerCmds.length > 0 && `was called ${formerCmds.join(', ')} before, which is still answered`,
    idempotent && 'may be sent again after a lost connection',
    timeoutMs !== undefined && `times out after ${timeoutMs} ms`,
  ]
  return printSection({
    name: cmd,
    kind: 'command',
    words: [docs.description ?? '', ...errors.map(({ name }) => name), ...formerCmds].join(' '),
    body: [
      describeText(docs),
      html`<pre><code>${call}</code></pre>\n`,
      printFacts(facts.filter((fact) => fact !== false)),
      printFieldTable('Request', found.request, contract.types),
      printFieldTable('Response', found.response, contract.types),
      printErrors(command, found.errors, contract.types),
      printExamples(cmd, { request: found.request, response: found.response }, contract.types),
    ],
  })
}

function printFacts(facts: readonly string[]): Html | undefined {
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
    return html`<tr><td><code>${name}</code></td><td>${status}</td><td><p>${docs.description}</p><code class="dim">${data}</code></td></tr>\n`
  })
  return html`<h3>Errors</h3>
<table>
<tr><th>code</th><th>status</th><th></th></tr>
${rows}</table>
`
}

function printExamples(
  cmd: string,
  { request, response }: { readonly request: JsonSchema; readonly response: JsonSchema },
  types: Contract['types'],
): Html {
  const sent = { cmd, seqno: SEQNO, data: exampleValue(request, types) }
  const got = { cmd, seqno: SEQNO, status: 0, msg: 'ok', data: exampleValue(response, types) }
  return html`<h3>Example</h3>
<div class="examples"><pre><code>${printJson(sent)}</code></pre><pre><code>${printJson(got)}</code></pre></div>
`
}

const SEQNO = 'k3v9zq-0001'

function printPush({ cmd, docs }: PushModel, contract: Contract): Html {
  const data = contract.pushes.find((push) => push.cmd === cmd)?.data ?? {}
  const example = { cmd, seqno: 'a1b2c3d4', status: 0, msg: 'ok', data: exampleValue(data, contract.types) }
  return printSection({
    name: cmd,
    kind: 'push',
    words: docs.description ?? '',
    body: [
      describeText(docs),
      html`<pre><code>${`client.on('${cmd}', (data) => …)`}</code></pre>\n`,
      printFieldTable('Data', data, contract.types),
      html`<h3>Example</h3>\n<pre><code>${printJson(example)}</code></pre>\n`,
    ],
  })
}

function printSharedType({ typeName, type, docs, shape }: SharedType, { types }: Contract): Html {
  const schema = types[type] ?? {}
  const isObject = shape.kind === 'object'
  return printSection({
    name: typeName,
    kind: 'type',
    words: docs.description ?? '',
    body: [
      describeText(docs),
      isObject
        ? printFieldTable('Properties', schema, types)
        : html`<pre><code>${layOut(printType(shape))}</code></pre>\n`,
    ],
  })
}
