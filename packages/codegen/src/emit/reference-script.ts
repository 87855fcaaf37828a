/**
 * Script of the reference page. Without it all is there and readable: it adds search, tabs, copy buttons, the index behind a
 * button on phones, and the fields of named types in place.
 */
export const REFERENCE_SCRIPT: string = `
document.documentElement.classList.add('has-script')
const all = (selector, within = document) => [...within.querySelectorAll(selector)]
const add = (parent, tag, properties) => parent.appendChild(Object.assign(document.createElement(tag), properties))

// Search: typing filters by text; a link to a hidden section clears the filter.
const field = document.querySelector('input')
const nothing = document.querySelector('.nothing')
const groups = all('nav .group')
const closed = groups.filter((group) => group.matches('details:not([open])'))
const titles = all('nav h2').map((title) => {
  const own = []
  for (let next = title.nextElementSibling; next?.matches('.group'); next = next.nextElementSibling) own.push(next)
  return { title, own }
})
const entries = new Map(all('nav li').map((entry) => [entry.firstChild.getAttribute('href').slice(1), entry]))
const sections = all('section').map((section) => {
  const said = all('p, li', section).map((part) => part.textContent)
  return { section, entry: entries.get(section.id), text: [section.dataset.text, ...said].join(' ').toLocaleLowerCase() }
})
const filter = () => {
  const words = field.value.toLocaleLowerCase().split(/\\s+/)
  for (const { section, entry, text } of sections) {
    section.hidden = entry.hidden = !words.every((word) => text.includes(word))
  }
  for (const group of groups) group.hidden = all('li', group).every((entry) => entry.hidden)
  for (const group of closed) group.open = words.join('') !== ''
  for (const { title, own } of titles) title.hidden = own.every((group) => group.hidden)
  nothing.hidden = sections.some(({ section }) => !section.hidden)
}
field.addEventListener('input', filter)
addEventListener('hashchange', () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)))
  const group = entries.get(target?.id)?.closest('details')
  if (group) group.open = true
  if (!target?.hidden) return
  field.value = ''
  filter()
  target.scrollIntoView()
})
addEventListener('keydown', (event) => {
  if (event.key !== '/' || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable) return
  event.preventDefault()
  openIndex(true)
  field.focus()
})

// The index of a phone.
const menu = document.querySelector('.menu')
const openIndex = (isOpen) => {
  document.documentElement.classList.toggle('is-open', isOpen)
  menu.setAttribute('aria-expanded', String(isOpen))
}
menu.addEventListener('click', () => openIndex(menu.getAttribute('aria-expanded') !== 'true'))
document.querySelector('nav').addEventListener('click', ({ target }) => target.closest('a') && openIndex(false))
document.querySelector('nav').addEventListener('keydown', ({ key }) => {
  if (key !== 'Escape') return
  openIndex(false)
  menu.focus()
})

// Tabs: a choice holds for all examples of the page.
const choose = (name) => {
  for (const tab of all('[role=tab]')) {
    tab.setAttribute('aria-selected', String(tab.textContent === name))
    tab.tabIndex = tab.textContent === name ? 0 : -1
  }
  for (const panel of all('.panel')) panel.hidden = panel.dataset.tab !== name
}
let tabs = 0
for (const box of all('.tabs')) {
  const list = document.createElement('div')
  list.setAttribute('role', 'tablist')
  list.setAttribute('aria-label', 'Example in')
  for (const panel of all('.panel', box)) {
    const tab = add(list, 'button', { type: 'button', id: '-tab-' + ++tabs, textContent: panel.dataset.tab })
    panel.id = '-panel-' + tabs
    tab.setAttribute('role', 'tab')
    tab.setAttribute('aria-controls', panel.id)
    panel.setAttribute('role', 'tabpanel')
    panel.setAttribute('aria-labelledby', tab.id)
  }
  box.prepend(list)
  list.addEventListener('click', ({ target }) => {
    if (!target.matches('[role=tab]')) return
    const before = target.getBoundingClientRect().top
    choose(target.textContent)
    scrollBy(0, target.getBoundingClientRect().top - before)
  })
  list.addEventListener('keydown', ({ key, target }) => {
    const next = { ArrowRight: target.nextElementSibling ?? list.firstChild, ArrowLeft: target.previousElementSibling ?? list.lastChild }[key]
    next?.click()
    next?.focus()
  })
}
choose('TypeScript')

// Copy buttons.
for (const block of all('pre')) {
  const code = block.firstChild
  const button = add(block, 'button', { type: 'button', className: 'copy', textContent: 'Copy' })
  button.addEventListener('click', async () => {
    const isCopied = await navigator.clipboard?.writeText(code.textContent).then(() => true, () => false)
    if (!isCopied) getSelection().selectAllChildren(code)
    button.textContent = isCopied ? 'Copied' : 'Selected'
    setTimeout(() => { button.textContent = 'Copy' }, 1500)
  })
}

// The fields of a named type open where it is used.
document.querySelector('main').addEventListener('toggle', ({ target }) => {
  const { type } = target.dataset
  if (type === undefined || !target.open || target.childElementCount > 1) return
  const own = document.getElementById(type)
  for (const part of own.querySelectorAll(':scope > .fields, :scope > .chips, :scope > details')) target.append(part.cloneNode(true))
}, true)

// On paper everything is open.
let folded = []
addEventListener('beforeprint', () => {
  folded = all('main details:not([open]):not([data-type])')
  for (const one of folded) one.open = true
})
addEventListener('afterprint', () => {
  for (const one of folded) one.open = false
})
`
