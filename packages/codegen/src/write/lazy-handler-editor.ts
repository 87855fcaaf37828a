import type { HandlerEditor } from './handler-editor.ts'

/** Edits handlers with ts-morph, which loads slowly: imported only when a user's file has to be edited. */
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
