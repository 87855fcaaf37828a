import type { JSX } from 'preact'

/** Strokes on a grid of 16, by what they stand for. */
const PATHS = {
  add: 'M8 3v10M3 8h10',
  alert: 'M8 2.5 14.5 13.5H1.5ZM8 6.5v3M8 11.6v.1',
  call: 'M2.5 5.5h9l-3-3M13.5 10.5h-9l3 3',
  chevron: 'm6 4 4 4-4 4',
  close: 'm4 4 8 8M12 4l-8 8',
  code: 'm5.5 4.5-4 3.5 4 3.5M10.5 4.5l4 3.5-4 3.5',
  copy: 'M5.5 5.5h8v8h-8ZM10.5 5.5v-3h-8v8h3',
  drop: 'M9.5 1.5 4 8.5h4l-1.5 6 5.5-7H8Z',
  edit: 'm10.5 2.5 3 3-8 8h-3v-3Z',
  export: 'M8 10.5v-8m-3 3 3-3 3 3M2.5 10.5v3h11v-3',
  event: 'M8 2.5v0a5.5 5.5 0 1 1 0 11 5.5 5.5 0 1 1 0-11M8 5v3l2 1.5',
  help: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8M6.2 6.2a1.8 1.8 0 1 1 2.6 1.6c-.5.3-.8.6-.8 1.2M8 11.3v.1',
  import: 'M8 2.5v8m-3-3 3 3 3-3M2.5 10.5v3h11v-3',
  link: 'M6.5 9.5a3 3 0 0 0 4.2 0l2-2a3 3 0 0 0-4.2-4.2l-.8.8M9.5 6.5a3 3 0 0 0-4.2 0l-2 2a3 3 0 0 0 4.2 4.2l.8-.8',
  moon: 'M13.5 9.5A6 6 0 0 1 6.5 2.5a5.7 5.7 0 1 0 7 7Z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'm5 3 7.5 5L5 13Z',
  plug: 'M5.5 2v3.5M10.5 2v3.5M3.5 5.5h9v2a4.5 4.5 0 0 1-9 0ZM8 12v2.5',
  pulse: 'M1.5 8h3l2-4.5 3 9 2-4.5h3',
  push: 'M13.5 8h-10m4-4-4 4 4 4',
  unplug: 'M5.5 2v3.5M10.5 2v3.5M3.5 5.5h9v2a4.5 4.5 0 0 1-9 0ZM8 12v2.5M2 2l12 12',
  redo: 'M13 3v4H9M13 7a5.2 5.2 0 1 0 .2 3',
  send: 'm2 2.5 12 5.5-12 5.5L3.5 8Zm1.5 5.5H9',
  settings: 'M2.5 4.5h6M11.5 4.5h2M2.5 11.5h2M7.5 11.5h6M10 2.8v3.4M6 9.8v3.4',
  sun: 'M8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1.1 1.1M11.9 11.9 13 13M13 3l-1.1 1.1M4.1 11.9 3 13',
  system: 'M2 3.5h12v7.5H2ZM5.5 13.5h5',
  terminal: 'm2.5 4 3.5 4-3.5 4M8 12h5.5',
  trash: 'M3 4.5h10M6 4.5v-2h4v2M4.5 4.5l.5 9h6l.5-9',
} as const

/** What an icon stands for. */
export type IconName = keyof typeof PATHS

/** A small drawing that goes with words, or with the accessible name of its button. */
export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  )
}

/** What a button with nothing but an icon does. */
export interface IconButtonProps {
  readonly icon: IconName
  readonly label: string
  readonly onClick: () => void
  readonly isPressed?: boolean
  readonly isExpanded?: boolean
  readonly isDisabled?: boolean
}

/** A button with an icon; its label is its accessible name and its tooltip. */
export function IconButton({ icon, label, onClick, isPressed, isExpanded, isDisabled }: IconButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      aria-pressed={isPressed}
      aria-expanded={isExpanded}
      disabled={isDisabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  )
}
