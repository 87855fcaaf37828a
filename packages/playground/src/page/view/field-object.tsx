import { useSignal } from '@preact/signals'
import type { JsonSchema } from '@wsrv/schema'
import type { JSX } from 'preact'
import { withValueAt } from '../form/edit-value.ts'
import { type FieldShape, resolve } from '../form/field-shape.ts'
import { escapeStep } from '../form/find-issues.ts'
import { initialValue } from '../form/initial-value.ts'
import { isObject } from '../form/pick-variant.ts'
import { GroupFrame } from './field-frame.tsx'
import { JsonField } from './field-json.tsx'
import { type FieldProps, useForm } from './form-context.ts'
import { Icon } from './icon.tsx'

type ObjectFieldProps = FieldProps & { readonly shape: FieldShape & { readonly kind: 'object' } }

/** A field for each property; those that are left out wait below, to be added. */
export function ObjectField(props: ObjectFieldProps): JSX.Element {
  const { shape, value, path, onChange } = props
  const { Field, types } = useForm()
  const object = isObject(value) ? value : {}
  const set = (name: string, next: unknown): void => onChange(withValueAt(object, [name], next))
  const isOptional = (name: string): boolean => !shape.fields.get(name)?.isRequired
  const hasDefault = (schema: JsonSchema): boolean => 'default' in schema
  const shown = [...shape.fields].filter(
    ([name, field]) => Object.hasOwn(object, name) || (field.isRequired && !hasDefault(field.schema)),
  )
  // What says which alternative it is, is chosen where the alternatives are.
  const asked = shown.filter(([name, { schema }]) => {
    const keywords = resolve(schema, types)
    return !('const' in keywords) || object[name] !== keywords.const
  })
  const absent = [...shape.fields].filter(([name]) => !shown.some(([other]) => other === name))
  const others = Object.entries(object).filter(([name]) => !shape.fields.has(name))
  const isOther = value !== undefined && !isObject(value)
  return (
    <GroupFrame {...props}>
      {isOther && <JsonField value={value} attributes={plainAttributes(path)} onChange={onChange} />}
      {asked.map(([name, { schema, isRequired }]) => (
        <Field
          key={name}
          schema={schema}
          value={Object.hasOwn(object, name) ? object[name] : undefined}
          path={`${path}/${escapeStep(name)}`}
          label={name}
          isRequired={isRequired && !hasDefault(schema)}
          onChange={(next) => set(name, next)}
          onRemove={isOptional(name) || hasDefault(schema) ? () => set(name, undefined) : undefined}
        />
      ))}
      {others.map(([name, other]) => (
        <Field
          key={name}
          schema={shape.values ?? {}}
          value={other}
          path={`${path}/${escapeStep(name)}`}
          label={name}
          onChange={(next) => set(name, next)}
          onRemove={() => set(name, undefined)}
        />
      ))}
      {absent.length > 0 && (
        <div class="absent">
          {absent.map(([name, { schema }]) => (
            <button key={name} type="button" class="chip" onClick={() => set(name, initialValue(schema, types))}>
              <Icon name="add" /> {name}
            </button>
          ))}
        </div>
      )}
      {shape.values !== undefined && (
        <NewProperty
          label={props.label}
          taken={Object.keys(object)}
          onAdd={(name) => set(name, initialValue(shape.values ?? {}, types))}
        />
      )}
      {shape.fields.size === 0 && shape.values === undefined && props.isRoot && <p class="dim">No data.</p>}
    </GroupFrame>
  )
}

function plainAttributes(path: string): {
  readonly id: string
  readonly 'aria-describedby': string
  readonly 'aria-invalid': boolean
} {
  return { id: `field${path}`, 'aria-describedby': '', 'aria-invalid': true }
}

interface NewPropertyProps {
  readonly label: string
  readonly taken: readonly string[]
  readonly onAdd: (name: string) => void
}

/** Adds a property whose name the schema leaves open. */
function NewProperty({ label, taken, onAdd }: NewPropertyProps): JSX.Element {
  const name = useSignal('')
  const canAdd = name.value !== '' && !taken.includes(name.value)
  const add = (): void => {
    if (!canAdd) return
    onAdd(name.value)
    name.value = ''
  }
  return (
    <div class="control new-property">
      <input
        type="text"
        aria-label={`Name of a new property of ${label}`}
        placeholder="property name"
        value={name.value}
        onInput={({ currentTarget }) => {
          name.value = currentTarget.value
        }}
        onKeyDown={(event) => event.key === 'Enter' && !event.ctrlKey && add()}
      />
      <button type="button" class="chip" disabled={!canAdd} onClick={add}>
        <Icon name="add" /> add
      </button>
    </div>
  )
}
