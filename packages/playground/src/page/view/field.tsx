import type { JSX } from 'preact'
import { readField } from '../form/field-shape.ts'
import { FieldFrame } from './field-frame.tsx'
import { LeafField } from './field-leaf.tsx'
import { ArrayField, TupleField } from './field-list.tsx'
import { ObjectField } from './field-object.tsx'
import { NullableField, UnionField } from './field-union.tsx'
import { type FieldProps, useForm } from './form-context.ts'

/** A field for whatever a schema describes. */
export function Field(props: FieldProps): JSX.Element {
  const { types } = useForm()
  const shape = readField(props.schema, types)
  switch (shape.kind) {
    case 'object':
      return <ObjectField {...props} shape={shape} />
    case 'array':
      return <ArrayField {...props} shape={shape} />
    case 'tuple':
      return <TupleField {...props} shape={shape} />
    case 'union':
      return <UnionField {...props} shape={shape} />
    case 'nullable':
      return <NullableField {...props} shape={shape} />
    case 'null':
      return <FieldFrame {...props}>{() => <code class="dim">null</code>}</FieldFrame>
    default:
      return <LeafField {...props} shape={shape} />
  }
}
