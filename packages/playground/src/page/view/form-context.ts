import type { JsonSchema } from '@wsrv/schema'
import { type ComponentType, createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Types } from '../form/field-shape.ts'
import type { Issue } from '../form/find-issues.ts'

/** One place of a value, as a form asks for it. */
export interface FieldProps {
  readonly schema: JsonSchema
  /** `undefined` when the value does not have this place. */
  readonly value: unknown
  /** JSON Pointer into the form's value. RFC 6901. */
  readonly path: string
  readonly label: string
  readonly isRequired?: boolean
  /** Whether this is the form's whole value, which needs no frame of its own. */
  readonly isRoot?: boolean
  readonly onChange: (value: unknown) => void
  /** Takes the place away; left out where it must be there. */
  readonly onRemove?: (() => void) | undefined
}

/** What every field of a form needs to know. */
export interface FormFacts {
  readonly types: Types
  readonly issues: readonly Issue[]
  /** Shows a field inside of another one. */
  readonly Field: ComponentType<FieldProps>
}

/** Hands a form's facts to its fields. */
export const FormContext: ReturnType<typeof createContext<FormFacts | undefined>> = createContext<
  FormFacts | undefined
>(undefined)

/** The facts of the form around a field. */
export function useForm(): FormFacts {
  const facts = useContext(FormContext)
  if (facts === undefined) throw new Error('outside of a form')
  return facts
}

/** What is wrong at one place of the form's value, in words; `undefined` when nothing is. */
export function useIssue(path: string): string | undefined {
  const messages = useForm().issues.filter((issue) => issue.path === path)
  return messages.length === 0 ? undefined : messages.map(({ message }) => message).join('; ')
}
