import type { HandlerEditor } from './handler-editor.ts'

/** Edits handlers with ts-morph, which takes a while to load: only when a file of the user's has to be read. */
export const lazyHandlerEditor: HandlerEditor = {
  addLines: async (text, file) => {
    const { editHandlerIndex } = await import('./edit-handler-index.ts')
    return editHandlerIndex(text, file)
  },
  rename: async (renaming) => {
    const { editRenamedHandler } = await import('./edit-renamed-handler.ts')
    return editRenamedHandler(renaming)
  },
}
