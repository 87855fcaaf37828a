import { createRequire } from 'node:module'
import type { MarkdownIt, Token } from 'markdown-it'
import { type Html, html, raw } from './html.ts'

/**
 * Renders a description's Markdown. HTML in it is shown as text, links lead to the web and to mail only, and nothing is
 * fetched: an image becomes a link.
 */
export function markdown(text: string | undefined): Html | undefined {
  if (text === undefined || text.trim() === '') return undefined
  if (!MARKED_UP.test(text)) return html`<p>${text}</p>\n`
  renderer ??= createRenderer()
  return html`<div class="md">${raw(renderer.render(text))}</div>\n`
}

/** What may mean something in Markdown; most descriptions are plain, and cost no parser. */
const MARKED_UP = /[*_`#[\]<>~|\\&!]|\n|^\s*(\d+[.)]|[-+])\s|https?:|www\./

let renderer: MarkdownIt | undefined

/** Loads the parser when the first description needs it: a run without documents does not wait for it. */
function createRenderer(): MarkdownIt {
  const create: (options: object) => MarkdownIt = createRequire(import.meta.url)('markdown-it')
  const made = create({ html: false, linkify: true })
  const { rules } = made.renderer
  // The page's own headings are its outline.
  rules['heading_open'] = () => '<p><strong>'
  rules['heading_close'] = () => '</strong></p>\n'
  rules['image'] = (tokens, index) => printImage(tokens[index]).html
  rules['link_open'] = (tokens, index, options, _env, self) => {
    tokens[index]?.attrSet('rel', 'noopener noreferrer')
    return self.renderToken(tokens, index, options)
  }
  const validate = made.validateLink
  made.validateLink = (url) => validate.call(made, url) && /^(https?:|mailto:|#)/i.test(url)
  return made
}

function printImage(image: Token | undefined): Html {
  return html`<a href="${image?.attrGet('src') ?? ''}" rel="noopener noreferrer">${image?.content || 'image'}</a>`
}
