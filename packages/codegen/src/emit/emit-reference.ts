import type { Model } from '../model/model.ts'
import { sharedTypeName } from '../names.ts'
import { listServers, type ServerInfos } from './asyncapi-servers.ts'
import type { ApiInfo } from './emit-asyncapi.ts'
import type { Emitter } from './emitter.ts'
import { type Html, html, raw } from './html.ts'
import { entryOf, printIndex, sortByName } from './reference-index.ts'
import { REFERENCE_SCRIPT } from './reference-script.ts'
import { printCommand, printPush, printSharedType } from './reference-sections.ts'
import { REFERENCE_STYLE } from './reference-style.ts'
import { REFERENCE_TRY } from './reference-try.ts'

/** Emits the reference page: one self-contained HTML file with search, a dark mode and a print style. */
export function referenceEmitter(path: string, info: ApiInfo): Emitter {
  return { name: 'reference', emit: (model) => [{ kind: 'printed', path, text: printPage(model, info).html }] }
}

function printPage(model: Model, { title, version, servers = {} }: ApiInfo): Html {
  const { contract } = model
  const commands = sortByName(model.commands, ({ cmd }) => cmd)
  const pushes = sortByName(model.pushes, ({ cmd }) => cmd)
  // A type that requests see differently has a twin there; this page says of each field what requests may leave out.
  const own = model.clientTypes.filter(({ typeName, type }) => typeName === sharedTypeName(type))
  const types = sortByName(own, ({ typeName }) => typeName)
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
<header class="bar"><button type="button" class="menu" aria-expanded="false">Index</button><strong>${title}</strong></header>
<nav aria-label="Index">
<input type="search" placeholder="Search ( / )" aria-label="Search">
${printIndex(
  'Commands',
  commands.map(({ cmd }) => entryOf(cmd)),
)}${printIndex(
  'Pushes',
  pushes.map(({ cmd }) => entryOf(cmd)),
)}${printIndex(
  'Types',
  types.map(({ typeName }) => entryOf(typeName)),
)}</nav>
<main>
<h1>${title}</h1>
<p class="dim">Version ${version} · ${commands.length} commands · ${pushes.length} pushes · contract ${contract.hashes.hash}</p>
${printServers(servers)}<p class="nothing dim" hidden>Nothing found.</p>
${commands.map((command) => printCommand(command, contract))}${pushes.map((push) => printPush(push, contract))}${types.map((type) => printSharedType(type, contract))}</main>
</div>
<script>${raw(REFERENCE_SCRIPT)}${raw(REFERENCE_TRY)}</script>
</body>
</html>
`
}

/** Where the servers of a config are, and what they want to know; nothing where it names none. */
function printServers(servers: ServerInfos): readonly Html[] {
  return listServers(servers).map(([name, { url, description, auth }]) => {
    const present = auth === undefined ? [] : [`Credentials: ${auth}`]
    const about = [description, ...present].filter((text) => text !== undefined).join(' ')
    return html`<p class="server">${name} <code>${url}</code> <span class="dim">${about}</span></p>\n`
  })
}
