import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'

/** How long the page says that something was copied, in ms. */
const SAID_MS = 3_000

/** Copies texts, and says for a while what was copied. */
export function useCopy(): readonly [said: string, copy: (what: string, text: string) => void] {
  const said = useSignal('')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const say = (text: string): void => {
    clearTimeout(timer.current)
    said.value = text
    timer.current = setTimeout(() => {
      said.value = ''
    }, SAID_MS)
  }
  const copy = (what: string, text: string): void => {
    navigator.clipboard.writeText(text).then(
      () => say(`${what} copied`),
      () => say('The browser did not let it copy'),
    )
  }
  return [said.value, copy]
}
