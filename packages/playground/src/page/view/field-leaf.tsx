import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { type FieldShape, resolve } from '../form/field-shape.ts'
import { type ControlAttributes, FieldFrame } from './field-frame.tsx'
import { JsonField } from './field-json.tsx'
import { type FieldProps, useForm } from './form-context.ts'

type LeafFieldProps = FieldProps & { readonly shape: FieldShape }

/** A field with one control. */
export function LeafField(props: LeafFieldProps): JSX.Element {
  const { shape } = props
  return (
    <FieldFrame {...props}>
      {(attributes) => {
        if (shape.kind === 'choice') return <Choice {...props} attributes={attributes} values={shape.values} />
        if (shape.kind === 'boolean') return <Toggle {...props} attributes={attributes} />
        if (shape.kind === 'number') return <NumberInput {...props} attributes={attributes} />
        if (shape.kind === 'text' && isTextual(props.value)) return <TextInput {...props} attributes={attributes} />
        return <JsonField {...props} attributes={attributes} />
      }}
    </FieldFrame>
  )
}

type ControlProps = FieldProps & { readonly attributes: ControlAttributes }

function isTextual(value: unknown): boolean {
  return value === undefined || typeof value === 'string'
}

/** Text from which a field takes more than one line. */
const LONG_TEXT_CHARS = 200

function TextInput({ schema, value, attributes, onChange }: ControlProps): JSX.Element {
  const { types } = useForm()
  const { format, maxLength = 0, default: byDefault } = resolve(schema, types)
  const text = typeof value === 'string' ? value : ''
  const common = {
    ...attributes,
    value: text,
    placeholder: typeof byDefault === 'string' ? byDefault : undefined,
    spellcheck: false,
    autocomplete: 'off',
    onInput: (event: { readonly currentTarget: { readonly value: string } }) => onChange(event.currentTarget.value),
  }
  if (maxLength > LONG_TEXT_CHARS || text.includes('\n')) return <textarea {...common} rows={3} />
  const filler = FILLERS.get(format ?? '')
  return (
    <div class="control">
      <input type="text" {...common} />
      {filler && (
        <button type="button" class="quiet small" onClick={() => onChange(filler.make())}>
          {filler.label}
        </button>
      )}
    </div>
  )
}

/** Formats whose values are not typed by hand. */
const FILLERS: ReadonlyMap<string, { readonly label: string; readonly make: () => string }> = new Map([
  ['date', { label: 'today', make: () => new Date().toISOString().slice(0, 10) }],
  ['date-time', { label: 'now', make: () => new Date().toISOString() }],
  ['uuid', { label: 'new', make: () => crypto.randomUUID() }],
])

/** A number as JSON writes it. RFC 8259 §6. */
const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/

function NumberInput({ schema, value, attributes, onChange }: ControlProps): JSX.Element {
  const { types } = useForm()
  const typed = useRef('')
  const { type, default: byDefault } = resolve(schema, types)
  const shown = typeof value === 'string' || value === undefined ? (value ?? '') : JSON.stringify(value)
  // What was typed stays as it is while it means the same: "1.50" must not become "1.5" under the cursor.
  const text = typed.current !== '' && Number(typed.current) === value ? typed.current : shown
  return (
    <input
      {...attributes}
      type="text"
      inputMode={type === 'integer' ? 'numeric' : 'decimal'}
      autocomplete="off"
      placeholder={byDefault === undefined ? undefined : JSON.stringify(byDefault)}
      value={text}
      onInput={({ currentTarget }) => {
        typed.current = currentTarget.value
        onChange(readNumber(currentTarget.value.trim()))
      }}
    />
  )
}

/** A number where the text is one; else the text itself, so that the check says what is wrong with it. */
function readNumber(text: string): unknown {
  if (text === '') return undefined
  return JSON_NUMBER.test(text) ? Number(text) : text
}

function Toggle({ value, attributes, onChange }: ControlProps): JSX.Element {
  return (
    <span class="toggle">
      <input
        {...attributes}
        type="checkbox"
        role="switch"
        aria-checked={value === true}
        checked={value === true}
        onInput={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <code>{value === undefined ? 'absent' : JSON.stringify(value)}</code>
    </span>
  )
}

function Choice({
  value,
  values,
  attributes,
  onChange,
}: ControlProps & { readonly values: readonly unknown[] }): JSX.Element {
  const written = values.map((one) => JSON.stringify(one))
  const at = written.indexOf(JSON.stringify(value))
  const [only] = values
  if (values.length === 1 && at === 0) return <input {...attributes} type="text" readOnly value={plain(only)} />
  return (
    <select
      {...attributes}
      value={String(at)}
      onInput={({ currentTarget }) => onChange(values[Number(currentTarget.value)])}
    >
      {at === -1 && <option value="-1">{value === undefined ? '' : JSON.stringify(value)}</option>}
      {values.map((one, index) => (
        <option key={written[index]} value={String(index)}>
          {plain(one)}
        </option>
      ))}
    </select>
  )
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
