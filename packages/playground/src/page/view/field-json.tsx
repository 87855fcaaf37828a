import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { ControlAttributes } from './field-frame.tsx'

interface JsonFieldProps {
  readonly value: unknown
  readonly attributes: ControlAttributes
  readonly onChange: (value: unknown) => void
}

/** A field for any value: JSON in a few lines. What is not JSON changes nothing. */
export function JsonField({ value, attributes, onChange }: JsonFieldProps): JSX.Element {
  const typed = useSignal<string | undefined>(undefined)
  const parsed = typed.value === undefined ? undefined : parse(typed.value)
  const isBroken = typed.value !== undefined && parsed === undefined
  return (
    <>
      <textarea
        {...attributes}
        class="code"
        rows={3}
        spellcheck={false}
        aria-invalid={attributes['aria-invalid'] || isBroken}
        value={typed.value ?? (value === undefined ? '' : JSON.stringify(value, undefined, 2))}
        onInput={({ currentTarget }) => {
          typed.value = currentTarget.value
          const read = parse(currentTarget.value)
          if (read !== undefined) onChange(read.value)
        }}
        onBlur={() => {
          if (!isBroken) typed.value = undefined
        }}
      />
      {isBroken && <p class="issue">Not JSON</p>}
    </>
  )
}

function parse(text: string): { readonly value: unknown } | undefined {
  if (text.trim() === '') return { value: undefined }
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}
