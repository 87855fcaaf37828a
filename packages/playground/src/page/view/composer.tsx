import type { JSX } from 'preact'
import type { Member } from '../contract/catalog.ts'
import { DataDocs } from './data-docs.tsx'
import { Field } from './field.tsx'
import { FormContext } from './form-context.ts'
import { Icon } from './icon.tsx'
import { JsonEditor } from './json-editor.tsx'
import { SendBar } from './send-bar.tsx'
import { useWorkspace } from './workspace-context.ts'

/** The command or push that is looked at: what it is, and the next call. */
export function Composer(): JSX.Element {
  const workspace = useWorkspace()
  const member = workspace.member.value
  const cmd = workspace.cmd.value
  return (
    <section class="composer" aria-label="Call">
      <div class="composer-scroll">
        <Heading cmd={cmd} member={member} />
        {member?.kind !== 'push' && <Editors key={cmd} member={member} />}
        {member !== undefined && <DataDocs key={`docs ${cmd}`} member={member} />}
      </div>
      {member?.kind !== 'push' && <SendBar />}
    </section>
  )
}

function Heading({ cmd, member }: { readonly cmd: string; readonly member: Member | undefined }): JSX.Element {
  return (
    <div class="heading">
      <h2>
        {cmd === '' ? 'Raw message' : <code>{cmd}</code>}
        {member !== undefined && <span class={`tag ${member.kind}`}>{member.kind}</span>}
        {member?.kind === 'command' && member.idempotent && (
          <span class="tag" title="May be sent again after a lost connection">
            idempotent
          </span>
        )}
        {member?.kind === 'command' && member.timeoutMs !== undefined && <span class="tag">{member.timeoutMs} ms</span>}
      </h2>
      <p>{describe(cmd, member)}</p>
      {member?.deprecated !== undefined && (
        <p class="warning">
          <Icon name="alert" /> Deprecated. {member.deprecated}
        </p>
      )}
      {member?.kind === 'command' && (member.renamedFrom ?? []).length > 0 && (
        <p class="dim">Was called {member.renamedFrom?.join(', ')} before, which is still answered.</p>
      )}
    </div>
  )
}

function describe(cmd: string, member: Member | undefined): string | undefined {
  if (cmd === '') return 'Sent as it is written here, whatever it is. An empty message is a heartbeat.'
  return member === undefined
    ? 'The contract does not have this command; its data is sent as it is.'
    : member.description
}

function Editors({ member }: { readonly member: Member | undefined }): JSX.Element {
  const workspace = useWorkspace()
  const { draft, issues, catalog } = workspace
  const isRaw = workspace.cmd.value === ''
  return (
    <div class={member === undefined ? 'editors single' : 'editors'}>
      {member?.kind === 'command' && (
        <form class="form" aria-label={`Data of ${member.cmd}`} onSubmit={(event) => event.preventDefault()}>
          <FormContext.Provider value={{ types: catalog.types, issues: issues.value, Field }}>
            <Field
              schema={member.request}
              value={draft.value.value}
              path=""
              label="data"
              isRoot
              onChange={(value) => workspace.editValue(value)}
            />
          </FormContext.Provider>
        </form>
      )}
      <div class="json">
        <JsonEditor
          label={isRaw ? 'Message' : 'Data as JSON'}
          text={draft.value.text}
          issues={issues.value}
          isJson={!isRaw}
          onText={(text) => workspace.editText(text)}
        />
        {draft.value.problem !== undefined && !isRaw && (
          <p class="issue" role="status">
            Not JSON: {draft.value.problem}
          </p>
        )}
      </div>
    </div>
  )
}
