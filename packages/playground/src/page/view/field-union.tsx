import type { JsonSchema } from '@wsrv/schema'
import type { JSX } from 'preact'
import { type FieldShape, readField, resolve, type Types } from '../form/field-shape.ts'
import { initialValue } from '../form/initial-value.ts'
import { isObject, pickVariant } from '../form/pick-variant.ts'
import { typeText } from '../form/type-text.ts'
import { GroupFrame } from './field-frame.tsx'
import { type FieldProps, useForm } from './form-context.ts'

type UnionFieldProps = FieldProps & { readonly shape: FieldShape & { readonly kind: 'union' } }

/** A choice of alternatives, and a field for the chosen one. */
export function UnionField(props: UnionFieldProps): JSX.Element {
  const { shape, value, path, label, onChange } = props
  const { Field, types } = useForm()
  const at = pickVariant(shape.variants, value, types)
  const variant = shape.variants[at] ?? {}
  const head = (
    <select
      id={`variant${path}`}
      aria-label={`Kind of ${label}`}
      value={String(at)}
      onInput={({ currentTarget }) => {
        const next = shape.variants[Number(currentTarget.value)] ?? {}
        onChange(carryOver(initialValue(next, types), value, next, types))
      }}
    >
      {shape.variants.map((one, index) => (
        <option key={variantName(one, types)} value={String(index)}>
          {variantName(one, types)}
        </option>
      ))}
    </select>
  )
  return (
    <GroupFrame {...props} isRoot={false} head={head} leavesIssue>
      <Field schema={variant} value={value} path={path} label={label} isRoot onChange={onChange} />
    </GroupFrame>
  )
}

/** What an alternative is called: its constants, its title, else its type. */
function variantName(variant: JsonSchema, types: Types): string {
  const { title } = resolve(variant, types)
  const shape = readField(variant, types)
  const fields = shape.kind === 'object' ? [...shape.fields] : []
  const constants = fields.flatMap(([, { schema }]) => {
    const keywords = resolve(schema, types)
    return 'const' in keywords ? [String(keywords.const)] : []
  })
  if (constants.length > 0) return constants.join(' ')
  return title ?? typeText(variant, types, 1)
}

/** A new alternative's value with what the old one had under the same names, but for constants. */
function carryOver(next: unknown, old: unknown, variant: JsonSchema, types: Types): unknown {
  const shape = readField(variant, types)
  if (!isObject(next) || !isObject(old) || shape.kind !== 'object') return next
  const kept = Object.entries(old).filter(([name]) => {
    const field = shape.fields.get(name)
    return field !== undefined && !('const' in resolve(field.schema, types))
  })
  return { ...next, ...Object.fromEntries(kept) }
}

type NullableFieldProps = FieldProps & { readonly shape: FieldShape & { readonly kind: 'nullable' } }

/** A field that may also be null. */
export function NullableField(props: NullableFieldProps): JSX.Element {
  const { schema, shape, value, path, label, onChange } = props
  const { Field, types } = useForm()
  const { description } = resolve(schema, types)
  const isNull = value === null
  const head = (
    <label class="toggle">
      <input
        type="checkbox"
        aria-label={`${label} is null`}
        checked={isNull}
        onInput={({ currentTarget }) => onChange(currentTarget.checked ? null : initialValue(shape.inner, types))}
      />
      <code>null</code>
    </label>
  )
  return (
    <GroupFrame
      {...props}
      isRoot={false}
      schema={description === undefined ? {} : { description }}
      head={head}
      leavesIssue={!isNull}
    >
      {!isNull && <Field schema={shape.inner} value={value} path={path} label={label} onChange={onChange} isRoot />}
    </GroupFrame>
  )
}
