import type { ComponentChildren, JSX } from 'preact'
import { resolve } from '../form/field-shape.ts'
import { boundsText, typeText } from '../form/type-text.ts'
import { type FieldProps, useForm, useIssue } from './form-context.ts'
import { IconButton } from './icon.tsx'

/** Attributes that tie a control to its label, its hint and its issue. */
export interface ControlAttributes {
  readonly id: string
  readonly 'aria-describedby': string
  readonly 'aria-invalid': boolean
}

type FieldFrameProps = FieldProps & {
  readonly children: (attributes: ControlAttributes) => ComponentChildren
}

/** One control with its name, type, hint, and what is wrong with it. */
export function FieldFrame(props: FieldFrameProps): JSX.Element {
  const { schema, path, label, isRequired, isRoot, onRemove, children } = props
  const { types } = useForm()
  const issue = useIssue(path)
  const keywords = resolve(schema, types)
  const id = `field${path}`
  const hint = [keywords.description, boundsText(keywords)].filter(Boolean).join(' — ')
  return (
    <div class="field">
      <div class={isRoot && path !== '' ? 'field-head hidden' : 'field-head'}>
        <label for={id}>{label}</label>
        {isRequired && (
          <span class="required" title="required">
            *
          </span>
        )}
        <span class="type">{typeText(schema, types)}</span>
        {keywords.deprecated && <span class="tag">deprecated</span>}
        {onRemove && <IconButton icon="close" label={`Remove ${label}`} onClick={onRemove} />}
      </div>
      {children({ id, 'aria-describedby': `${id}-hint ${id}-issue`, 'aria-invalid': issue !== undefined })}
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
      <p class="issue" id={`${id}-issue`}>
        {issue}
      </p>
    </div>
  )
}

type GroupFrameProps = FieldProps & {
  /** Shown behind the name. */
  readonly head?: ComponentChildren
  /** Whether the field inside says what is wrong here. Default false. */
  readonly leavesIssue?: boolean
  readonly children: ComponentChildren
}

/** Several controls that belong together. */
export function GroupFrame(props: GroupFrameProps): JSX.Element {
  const { schema, path, label, isRequired, isRoot, onRemove, head, leavesIssue, children } = props
  const { types } = useForm()
  const issue = useIssue(path)
  const { description } = resolve(schema, types)
  return (
    <fieldset class={isRoot ? 'group root' : 'group'}>
      <legend class={isRoot ? 'hidden' : undefined}>
        <span class="legend-name">{label}</span>
        {isRequired && (
          <span class="required" title="required">
            *
          </span>
        )}
      </legend>
      {(head !== undefined || onRemove !== undefined) && (
        <div class="group-head">
          {head}
          {onRemove && <IconButton icon="close" label={`Remove ${label}`} onClick={onRemove} />}
        </div>
      )}
      {!isRoot && description !== undefined && <p class="hint">{description}</p>}
      {issue !== undefined && !leavesIssue && <p class="issue">{issue}</p>}
      {children}
    </fieldset>
  )
}
