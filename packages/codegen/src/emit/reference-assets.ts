/** Style of the reference page: one column of text beside the index; light, dark and printed. */
export const REFERENCE_STYLE: string = `
:root { color-scheme: light dark; --text: #1c1e21; --dim: #62676e; --line: #dfe2e6; --back: #fff; --soft: #f5f6f8; --link: #1257c4; --warn: #a33a00 }
@media (prefers-color-scheme: dark) { :root { --text: #e4e6ea; --dim: #9aa1ab; --line: #33373d; --back: #16181b; --soft: #1f2226; --link: #7fb0ff; --warn: #ffab70 } }
* { box-sizing: border-box }
html { scroll-padding-top: 1rem }
body { margin: 0; color: var(--text); background: var(--back); font: 16px/1.55 system-ui, sans-serif }
a { color: var(--link); text-decoration: none }
a:hover { text-decoration: underline }
code, pre { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace; font-size: 0.875em }
pre { margin: 0.5rem 0; padding: 0.75rem 1rem; white-space: pre-wrap; background: var(--soft); border-radius: 6px; line-height: 1.45 }
.page { display: grid; grid-template-columns: 17rem minmax(0, 1fr); max-width: 78rem; margin: 0 auto }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1rem; border-right: 1px solid var(--line) }
nav h2 { margin: 1.25rem 0 0.25rem; font-size: 0.75rem; text-transform: uppercase; letter-spacing: 0.06em; color: var(--dim) }
nav ul { list-style: none; margin: 0; padding: 0 }
nav li a { display: block; padding: 0.1rem 0.4rem; border-radius: 4px; overflow-wrap: anywhere }
nav li a:hover { background: var(--soft); text-decoration: none }
input { width: 100%; padding: 0.45rem 0.6rem; font: inherit; color: inherit; background: var(--soft); border: 1px solid var(--line); border-radius: 6px }
main { min-width: 0; padding: 1.5rem 2.5rem 6rem; overflow-wrap: anywhere }
h1 { margin: 0 0 0.25rem; font-size: 1.75rem }
section { padding: 1.5rem 0; border-top: 1px solid var(--line) }
section > h2 { margin: 0; font-size: 1.25rem }
section > h2 a { color: inherit }
section > h2 small { margin-left: 0.5rem; font-weight: 400; font-size: 0.8rem; color: var(--dim) }
h3 { margin: 1.25rem 0 0.25rem; font-size: 0.9rem; color: var(--dim) }
p { margin: 0.4rem 0; max-width: 44rem }
.dim { color: var(--dim) }
.warn { color: var(--warn) }
table { width: 100%; table-layout: fixed; border-collapse: collapse; font-size: 0.9375rem }
th { text-align: left; font-weight: 500; font-size: 0.8rem; color: var(--dim) }
th, td { padding: 0.35rem 0.75rem 0.35rem 0; border-bottom: 1px solid var(--line); vertical-align: top }
th:first-child { width: 25% }
th:nth-child(2) { width: 27% }
td > p:first-child { margin-top: 0 }
.examples { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 0 1rem }
[hidden] { display: none }
@media (max-width: 48rem) { .page { display: block } nav { position: static; height: auto; border: 0 } main { padding: 1rem } }
@media print { nav { display: none } .page { display: block } section { break-inside: avoid } pre { border: 1px solid var(--line) } }
`

/** Script of the reference page: typing filters by text; a link to a hidden section clears the filter. */
export const REFERENCE_SCRIPT: string = `
const field = document.querySelector('input')
const none = document.querySelector('#none')
const lists = [...document.querySelectorAll('nav ul')]
const entries = new Map(lists.flatMap((list) => [...list.children]).map((entry) => [entry.firstChild.getAttribute('href').slice(1), entry]))
const sections = [...document.querySelectorAll('section')].map((section) => {
  const said = [...section.querySelectorAll('p, td')].map((part) => part.textContent)
  return { section, entry: entries.get(section.id), text: [section.dataset.text, ...said].join(' ').toLocaleLowerCase() }
})
field.addEventListener('input', filter)
function filter() {
  const words = field.value.toLocaleLowerCase().split(/\\s+/)
  for (const { section, entry, text } of sections) {
    section.hidden = entry.hidden = !words.every((word) => text.includes(word))
  }
  for (const list of lists) {
    list.hidden = list.previousElementSibling.hidden = [...list.children].every((entry) => entry.hidden)
  }
  none.hidden = sections.some(({ section }) => !section.hidden)
}
addEventListener('hashchange', () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  if (!target?.hidden) return
  field.value = ''
  filter()
  target.scrollIntoView()
})
addEventListener('keydown', (event) => {
  if (event.key !== '/' || event.target === field) return
  event.preventDefault()
  field.focus()
})
`
