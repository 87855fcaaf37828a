import type { JsonSchema } from '@wsrv/schema'
import type { JSX } from 'preact'
import type { Member } from '../contract/catalog.ts'
import { type FieldShape, readField, resolve } from '../form/field-shape.ts'
import { boundsText, typeText } from '../form/type-text.ts'
import { useWorkspace } from './workspace-context.ts'

/** What comes back, or what is pushed, and what may go wrong. */
export function DataDocs({ member }: { readonly member: Member }): JSX.Element {
  if (member.kind === 'push') return <SchemaDocs title="Data" schema={member.data} isOpen />
  const errors = Object.entries(member.errors)
  return (
    <div class="docs">
      <SchemaDocs title="Response" schema={member.response} />
      {errors.length > 0 && (
        <details open>
          <summary>Errors</summary>
          <dl class="errors">
            {errors.map(([name, { status, description, data }]) => (
              <div key={name}>
                <dt>
                  <code>{name}</code> <span class="status application">{status}</span>
                </dt>
                <dd>
                  {description} <TypeCode schema={data} />
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  )
}

function TypeCode({ schema }: { readonly schema: JsonSchema }): JSX.Element {
  const { catalog } = useWorkspace()
  return <code class="type">{typeText(schema, catalog.types)}</code>
}

function SchemaDocs({
  title,
  schema,
  isOpen = false,
}: {
  readonly title: string
  readonly schema: JsonSchema
  readonly isOpen?: boolean
}): JSX.Element {
  const { catalog } = useWorkspace()
  const shape = readField(schema, catalog.types)
  const { description } = resolve(schema, catalog.types)
  return (
    <details class="docs" open={isOpen}>
      <summary>
        {title} <TypeCode schema={schema} />
      </summary>
      {description !== undefined && <p>{description}</p>}
      {shape.kind === 'object' && <Fields shape={shape} />}
    </details>
  )
}

function Fields({ shape }: { readonly shape: FieldShape & { readonly kind: 'object' } }): JSX.Element {
  const { catalog } = useWorkspace()
  return (
    <dl class="fields">
      {[...shape.fields].map(([name, { schema, isRequired }]) => {
        const keywords = resolve(schema, catalog.types)
        return (
          <div key={name}>
            <dt>
              <code>{name}</code>
              {!isRequired && <span class="dim">?</span>} <TypeCode schema={schema} />
            </dt>
            <dd>{[keywords.description, boundsText(keywords)].filter(Boolean).join(' — ')}</dd>
          </div>
        )
      })}
    </dl>
  )
}
