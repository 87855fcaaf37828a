import type { JSX } from 'preact'
import { withValueAt } from '../form/edit-value.ts'
import { type FieldShape, resolve } from '../form/field-shape.ts'
import { initialValue } from '../form/initial-value.ts'
import { GroupFrame } from './field-frame.tsx'
import { type FieldProps, useForm } from './form-context.ts'
import { Icon } from './icon.tsx'

type ArrayFieldProps = FieldProps & { readonly shape: FieldShape & { readonly kind: 'array' } }

/** A field for each item, and one more at will. */
export function ArrayField(props: ArrayFieldProps): JSX.Element {
  const { schema, shape, value, path, label, onChange } = props
  const { Field, types } = useForm()
  const { maxItems = Number.POSITIVE_INFINITY } = resolve(schema, types)
  const items: readonly unknown[] = Array.isArray(value) ? value : []
  return (
    <GroupFrame {...props} head={<span class="dim">{items.length === 1 ? '1 item' : `${items.length} items`}</span>}>
      {items.map((item, index) => (
        <Field
          key={index}
          schema={shape.items}
          value={item}
          path={`${path}/${index}`}
          label={`${label} ${index + 1}`}
          onChange={(next) => onChange(withValueAt(items, [index], next ?? null))}
          onRemove={() => onChange(items.filter((_, at) => at !== index))}
        />
      ))}
      <div class="absent">
        <button
          type="button"
          class="chip"
          disabled={items.length >= maxItems}
          aria-label={`Add an item to ${label}`}
          onClick={() => onChange([...items, initialValue(shape.items, types)])}
        >
          <Icon name="add" /> item
        </button>
      </div>
    </GroupFrame>
  )
}

type TupleFieldProps = FieldProps & { readonly shape: FieldShape & { readonly kind: 'tuple' } }

/** A field for each place of a tuple. */
export function TupleField(props: TupleFieldProps): JSX.Element {
  const { shape, value, path, label, onChange } = props
  const { Field } = useForm()
  const items: readonly unknown[] = Array.isArray(value) ? value : []
  return (
    <GroupFrame {...props}>
      {shape.items.map((schema, index) => (
        <Field
          key={index}
          schema={schema}
          value={items[index]}
          path={`${path}/${index}`}
          label={`${label} ${index + 1}`}
          isRequired
          onChange={(next) => onChange(withValueAt(items, [index], next ?? null))}
        />
      ))}
    </GroupFrame>
  )
}
