import { STATUS } from '@wsrv/protocol'
import type { ComponentChildren, JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { differingCommands } from '../contract/catalog.ts'
import type { Lane } from '../state/lane.ts'
import type { Connection } from '../wire/connection.ts'
import { formatBytes } from './format.ts'
import { RoundTripPlot } from './round-trip-plot.tsx'
import { useWorkspace } from './workspace-context.ts'

interface LanePanelProps {
  readonly lane: Lane
  readonly connection: Connection
}

/** Everything that is known of a connection, and ways to make it misbehave. */
export function LanePanel({ lane, connection }: LanePanelProps): JSX.Element {
  void lane.changes.value
  const { hello, connects } = connection
  return (
    <div class="panel">
      <dl class="facts">
        <Fact name="Server">{serverText(connection)}</Fact>
        <Fact name="Contract">
          <ContractFact connection={connection} />
        </Fact>
        <Fact name="Session">{sessionText(connection)}</Fact>
        <Fact name="Connected">{connects === 1 ? 'once' : `${connects} times`}</Fact>
        <Fact name="Limits">
          {hello === undefined
            ? '–'
            : `${formatBytes(hello.maxMessageBytes)} a message, ${hello.heartbeatTimeoutMs / 1_000} s of silence`}
        </Fact>
        <Fact name="Seen">
          {lane.timeline.entries.length} rows, {formatBytes(lane.timeline.bytes)}
          {lane.timeline.dropped > 0 && `, ${lane.timeline.dropped} older ones dropped`}
        </Fact>
      </dl>
      <RoundTripPlot roundTrips={connection.roundTrips} />
      <Credentials lane={lane} connection={connection} />
      <Misbehaviour connection={connection} />
    </div>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function serverText({ state, hello, helloStatus }: Connection): string {
  if (hello !== undefined) return hello.server
  if (helloStatus === STATUS.not_implemented) return 'base protocol: no extensions, one call at a time'
  if (helloStatus !== undefined) return `$hello was answered with ${helloStatus}`
  return state === 'open' ? '$hello was not answered' : '–'
}

function sessionText({ hello, session }: Connection): string {
  const { sid, resumes, missing, lost } = session
  if (sid === undefined) return hello === undefined ? '–' : 'ends with its connection'
  const facts = [
    resumes > 0 && (resumes === 1 ? 'resumed once' : `resumed ${resumes} times`),
    missing > 0 && (missing === 1 ? '1 message is missing' : `${missing} messages are missing`),
    lost !== undefined && `the one before was lost: ${lost}`,
  ]
  return [sid, ...facts].filter(Boolean).join(', ')
}

function ContractFact({ connection: { hello } }: { readonly connection: Connection }): JSX.Element {
  const { setup } = useWorkspace()
  const { hashes } = setup.contract ?? {}
  const differing = useMemo(() => differingCommands(hashes, hello), [hashes, hello])
  if (hashes === undefined) return <>{hello?.contract ?? 'none'}</>
  const short = <code>{hashes.hash.slice(0, SHORT_HASH_CHARS)}</code>
  if (hello?.contract === undefined) return <>{short}; the server tells none</>
  if (differing === undefined) return <>{short}, the same as the server’s</>
  const list =
    differing.length === 0 ? 'the server has more than this page knows' : `differs in ${differing.join(', ')}`
  return (
    <span class="issue">
      {short} is not the server’s <code>{hello.contract.slice(0, SHORT_HASH_CHARS)}</code>: {list}
    </span>
  )
}

const SHORT_HASH_CHARS = 12

function Credentials({ lane, connection }: LanePanelProps): JSX.Element {
  return (
    <form
      class="control credentials"
      onSubmit={(event) => {
        event.preventDefault()
        connection.authenticate(lane.authValue)
      }}
    >
      <label>
        Credentials
        <input
          type="text"
          autocomplete="off"
          spellcheck={false}
          placeholder="JSON or text, for $hello"
          value={lane.auth.value}
          onInput={({ currentTarget }) => {
            lane.auth.value = currentTarget.value
          }}
        />
      </label>
      <button type="submit" class="quiet small" disabled={connection.state !== 'open' || lane.auth.value === ''}>
        present
      </button>
    </form>
  )
}

const READ_DELAYS: readonly (readonly [number, string])[] = [
  [0, 'at full speed'],
  [100, 'ten messages per second'],
  [1_000, 'a message a second'],
  [60_000, 'nothing'],
]

function Misbehaviour({ connection }: { readonly connection: Connection }): JSX.Element {
  return (
    <fieldset class="misbehaviour">
      <legend>Misbehave</legend>
      <label title="Nothing is sent; the browser itself still answers the server’s pings.">
        <input
          type="checkbox"
          role="switch"
          aria-checked={connection.isSilent}
          checked={connection.isSilent}
          onInput={({ currentTarget }) => {
            connection.isSilent = currentTarget.checked
          }}
        />
        Go silent
      </label>
      <label>
        <input
          type="checkbox"
          role="switch"
          aria-checked={connection.holdsHeartbeats}
          checked={connection.holdsHeartbeats}
          onInput={({ currentTarget }) => {
            connection.holdsHeartbeats = currentTarget.checked
          }}
        />
        Hold heartbeats
      </label>
      <label
        title={connection.slowsServer ? undefined : 'This browser reads at its own speed; messages only show late.'}
      >
        Read
        <select
          aria-label="Read"
          value={String(connection.readDelayMs)}
          onInput={({ currentTarget }) => {
            connection.readDelayMs = Number(currentTarget.value)
          }}
        >
          {READ_DELAYS.map(([delayMs, label]) => (
            <option key={delayMs} value={String(delayMs)}>
              {label}
            </option>
          ))}
        </select>
      </label>
    </fieldset>
  )
}
