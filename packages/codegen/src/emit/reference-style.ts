/** Style of the reference page: one column of text beside the index; light, dark, on phones and on paper. */
export const REFERENCE_STYLE: string = `
:root { color-scheme: light dark; --text: #1c1e21; --dim: #5f656d; --line: #dfe2e6; --back: #fff; --soft: #f5f6f8; --link: #1257c4; --warn: #a33a00 }
@media (prefers-color-scheme: dark) { :root { --text: #e4e6ea; --dim: #9aa1ab; --line: #33373d; --back: #16181b; --soft: #1f2226; --link: #7fb0ff; --warn: #ffab70 } }
* { box-sizing: border-box }
html { scroll-padding-top: 1rem }
body { margin: 0; color: var(--text); background: var(--back); font: 16px/1.55 system-ui, sans-serif }
a { color: var(--link); text-decoration: none }
a:hover { text-decoration: underline }
:focus-visible { outline: 2px solid var(--link); outline-offset: 1px }
code, pre { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace; font-size: 0.875em }
pre { position: relative; margin: 0.5rem 0; padding: 0.75rem 1rem; white-space: pre-wrap; background: var(--soft); border-radius: 6px; line-height: 1.45 }
pre code { font-size: 0.8125rem }
button, input, textarea { font: inherit; color: inherit; background: var(--soft); border: 1px solid var(--line); border-radius: 6px }
button { cursor: pointer }
.page { display: grid; grid-template-columns: 17rem minmax(0, 1fr); max-width: 78rem; margin: 0 auto }
.bar { display: none }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1rem; border-right: 1px solid var(--line); font-size: 0.9375rem }
nav h2 { margin: 1.25rem 0 0.25rem; font-size: 0.75rem; text-transform: uppercase; letter-spacing: 0.06em; color: var(--dim) }
nav small { margin-left: 0.25rem; font-weight: 400; font-size: 0.75rem; color: var(--dim) }
nav ul { list-style: none; margin: 0; padding: 0 }
nav summary { padding: 0.1rem 0.4rem; cursor: pointer; color: var(--dim); overflow-wrap: anywhere }
nav details ul { margin-left: 0.8rem; border-left: 1px solid var(--line) }
nav li a { display: block; padding: 0.1rem 0.4rem; border-radius: 4px; overflow-wrap: anywhere }
nav li a:hover { background: var(--soft); text-decoration: none }
input { width: 100%; padding: 0.45rem 0.6rem }
main { min-width: 0; padding: 1.5rem 2.5rem 6rem; overflow-wrap: anywhere }
h1 { margin: 0 0 0.25rem; font-size: 1.75rem }
section { padding: 1.5rem 0; border-top: 1px solid var(--line) }
section > h2 { margin: 0; font-size: 1.25rem }
section > h2 a { color: inherit }
section > h2 small { margin-left: 0.5rem; font-weight: 400; font-size: 0.8rem; color: var(--dim) }
h3 { margin: 1.25rem 0 0.25rem; font-size: 0.9rem; color: var(--dim) }
h4 { margin: 0.75rem 0 0; font-size: 0.8rem; font-weight: 500; color: var(--dim) }
p, .md > * { margin: 0.4rem 0; max-width: 44rem }
.md table { border-collapse: collapse }
.md th, .md td { padding: 0.2rem 0.6rem; border: 1px solid var(--line); text-align: left }
.md blockquote { margin-left: 0; padding-left: 0.8rem; border-left: 3px solid var(--line); color: var(--dim) }
.dim, .type { color: var(--dim) }
.type { font-size: 0.875rem }
p.type { font-size: 1rem }
.need { padding: 0 0.35rem; border: 1px solid var(--warn); border-radius: 4px; font-size: 0.75rem; color: var(--warn) }
.need + *, span.dim { font-size: 0.8rem }
.warn { color: var(--warn) }
.fields { list-style: none; margin: 0; padding: 0 }
.fields > li { padding: 0.45rem 0; border-bottom: 1px solid var(--line) }
.fields > li:last-child { border-bottom: 0 }
.field { display: flex; flex-wrap: wrap; gap: 0 0.6rem; align-items: baseline; margin: 0; max-width: none }
.field .name { font-weight: 600 }
.fields p.dim { font-size: 0.8125rem }
.chips { display: flex; flex-wrap: wrap; gap: 0.3rem; list-style: none; margin: 0.3rem 0; padding: 0 }
.chips li { padding: 0 0.5rem; background: var(--soft); border: 1px solid var(--line); border-radius: 999px; font-size: 0.875rem }
main details { margin: 0.3rem 0 }
main summary { width: fit-content; cursor: pointer; font-size: 0.8125rem; color: var(--dim) }
main details > .fields { margin-left: 0.25rem; padding-left: 1rem; border-left: 2px solid var(--line) }
[role=tablist] { display: flex; gap: 0.25rem; margin-top: 0.4rem }
[role=tab] { padding: 0.1rem 0.7rem; font-size: 0.8125rem }
[role=tab][aria-selected=true] { color: var(--back); background: var(--text); border-color: var(--text) }
.has-script .panel > h4 { display: none }
.copy { position: absolute; top: 0.4rem; right: 0.4rem; padding: 0 0.5rem; font: 0.75rem/1.6 system-ui, sans-serif; color: var(--dim) }
pre:has(.copy) { padding-right: 4.5rem }
.try:empty { display: none }
.try { margin-top: 1rem }
.try summary { font-size: 0.9375rem; color: var(--link) }
.try form { display: grid; gap: 0.5rem; max-width: 44rem; margin: 0.5rem 0; padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 6px }
.try label { display: grid; gap: 0.15rem; font-size: 0.8125rem; color: var(--dim) }
.try input, .try textarea { padding: 0.35rem 0.5rem; color: var(--text); background: var(--back); font: 0.8125rem/1.45 ui-monospace, 'SF Mono', Menlo, Consolas, monospace }
.try form > button { justify-self: start; padding: 0.2rem 1.2rem }
.try .said { margin: 0; font-weight: 600 }
.try pre { margin: 0 }
.came { margin: 0; padding: 0; list-style: none; font: 0.8125rem/1.45 ui-monospace, 'SF Mono', Menlo, Consolas, monospace }
[hidden] { display: none !important }
@media (max-width: 48rem) {
  html { scroll-padding-top: 3.75rem }
  .page { display: block }
  .bar { position: sticky; top: 0; z-index: 1; display: flex; gap: 0.75rem; align-items: center; padding: 0.5rem 1rem; background: var(--back); border-bottom: 1px solid var(--line) }
  .menu { padding: 0.3rem 0.9rem }
  nav { position: static; height: auto; border: 0; border-bottom: 1px solid var(--line) }
  .has-script nav { position: sticky; top: 3.25rem; z-index: 1; max-height: calc(100vh - 3.25rem); background: var(--back) }
  .has-script:not(.is-open) nav { display: none }
  nav li a, nav summary { padding: 0.4rem }
  main { padding: 1rem 1rem 4rem }
}
@media print {
  nav, .bar, .copy, .try, [role=tablist] { display: none !important }
  .page { display: block; max-width: none }
  main { padding: 0 }
  .panel[hidden] { display: block !important }
  .has-script .panel > h4 { display: block }
  h2, h3, h4 { break-after: avoid }
  pre, .fields > li { break-inside: avoid }
  .fields > li:has(li) { break-inside: auto }
  pre { padding-right: 1rem !important; border: 1px solid var(--line) }
}
`
