import { render } from 'preact'
import type { PlaygroundSetup } from '../setup.ts'
import { Workspace } from './state/workspace.ts'
import { App } from './view/app.tsx'

const root = document.querySelector('#app') as HTMLElement

/** Asks for the setup beside the page, then shows it and connects. */
async function start(): Promise<void> {
  const response = await fetch('./setup.json')
  if (!response.ok) throw new Error(`the page's setup could not be read: HTTP ${response.status}`)
  const workspace = new Workspace((await response.json()) as PlaygroundSetup, location)
  document.title = `${workspace.setup.title ?? 'wsrv'} playground`
  addEventListener('hashchange', () => workspace.follow(location.hash))
  render(<App workspace={workspace} />, root)
  for (const { connection } of workspace.lanes.peek()) connection?.connect()
}

start().catch((error: unknown) => {
  root.textContent = error instanceof Error ? error.message : String(error)
})
