import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { setDiagnostics } from '@codemirror/lint'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, keymap, placeholder } from '@codemirror/view'
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { Issue } from '../form/find-issues.ts'
import { EDITOR_THEME, JSON_COLORS } from './editor-theme.ts'
import { rangeOf } from './json-range.ts'

/** What a JSON editor shows. */
export interface JsonEditorProps {
  readonly label: string
  readonly text: string
  readonly issues?: readonly Issue[]
  /** Whether it is JSON, to be coloured and checked. Default true. */
  readonly isJson?: boolean
  /** Left out, the text can only be read. */
  readonly onText?: (text: string) => void
}

/** The page's nonce, by which the editor's own style sheet passes the policy. */
const NONCE = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''

/** An editor for JSON, or a reader of it. Tab leaves it, as any other field. */
export function JsonEditor({ label, text, issues = [], isJson = true, onText }: JsonEditorProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(undefined)
  const report = useRef(onText)
  report.current = onText
  useEffect(() => {
    const editor = new EditorView({
      parent: host.current as HTMLElement,
      state: EditorState.create({
        doc: text,
        extensions: [
          ...BASE,
          LANGUAGE.of(isJson ? json() : []),
          EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': String(onText === undefined) }),
          onText === undefined ? [EditorState.readOnly.of(true), EditorView.lineWrapping] : history(),
          EditorView.updateListener.of((update) => {
            const isMine = update.transactions.some((one) => USER_EVENTS.some((event) => one.isUserEvent(event)))
            if (update.docChanged && isMine) report.current?.(update.state.doc.toString())
          }),
        ],
      }),
    })
    view.current = editor
    return () => editor.destroy()
  }, [label, isJson])
  useEffect(() => {
    const { current: editor } = view
    if (editor === undefined || editor.state.doc.toString() === text) return
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } })
  }, [text])
  useEffect(() => {
    const { current: editor } = view
    if (editor === undefined || onText === undefined) return
    const diagnostics = issues.map(({ path, message }) => ({
      ...rangeOf(editor.state, path),
      severity: 'error' as const,
      message: `${path === '' ? 'data' : path} ${message}`,
    }))
    editor.dispatch(setDiagnostics(editor.state, diagnostics))
  }, [issues, text])
  return <div class={onText === undefined ? 'editor reader' : 'editor'} ref={host} />
}

/** Changes that a person makes, as opposed to the form beside the editor. */
const USER_EVENTS = ['input', 'delete', 'undo', 'redo', 'move'] as const

const LANGUAGE = new Compartment()

/** Replaces what is selected itself: browsers do it with inline styles, which the policy refuses and reports. */
const TYPE_OVER: Extension = EditorView.domEventHandlers({
  beforeinput: ({ inputType, data }, view) => {
    if (inputType !== 'insertText' || data === null || view.composing) return false
    if (view.state.selection.main.empty || view.state.readOnly) return false
    view.dispatch({ ...view.state.replaceSelection(data), userEvent: 'input.type', scrollIntoView: true })
    return true
  },
})

const BASE: readonly Extension[] = [
  EditorView.cspNonce.of(NONCE),
  TYPE_OVER,
  EDITOR_THEME,
  syntaxHighlighting(JSON_COLORS),
  bracketMatching(),
  indentOnInput(),
  drawSelection(),
  placeholder('{}'),
  // Ctrl + Enter sends, whatever has the focus.
  keymap.of([...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'), ...historyKeymap]),
]
