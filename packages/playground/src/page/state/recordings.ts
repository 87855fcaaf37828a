import {
  formatRecording,
  hideCredentials,
  parseRecording,
  RECORDING_VERSION,
  type Recording,
  type RecordingLine,
  recordedPayload,
  recordMessage,
} from '@wsrv/protocol/recording'
import { messagesOf } from '../timeline/entry.ts'
import { readMessage, type WireMessage } from '../wire/message.ts'
import type { Lane } from './lane.ts'
import type { Workspace } from './workspace.ts'

/** Writes down what every connection of the page has seen, credentials left out. PROTOCOL.md §Recordings. */
function recordingOf({ lanes, server, setup }: Workspace): Recording {
  const all = lanes.value.flatMap((lane, index) => laneLines(lane, index + 1)).sort((one, other) => one.at - other.at)
  const startMs = all[0]?.at ?? 0
  const hash = setup.contract?.hashes?.hash
  return {
    header: {
      wsrv: 'recording',
      version: RECORDING_VERSION,
      startedAt: new Date(startMs).toISOString(),
      url: server,
      ...(hash !== undefined && { contract: hash }),
    },
    lines: all.map((line) => ({ ...line, at: Math.round((line.at - startMs) * 1_000) / 1_000 })),
  }
}

/** Lines with their time since 1970, of one lane. */
function laneLines(lane: Lane, number: number): readonly RecordingLine[] {
  const connection = number === 1 ? {} : { connection: number }
  return lane.timeline.entries.flatMap((entry): readonly RecordingLine[] => {
    if (entry.kind === 'event') return [{ at: entry.atMs, ...connection, event: entry.event, ...entry.close }]
    return messagesOf(entry).map(({ atMs, from, payload }) =>
      hideCredentials(recordMessage({ at: atMs, ...connection, from }, payload)),
    )
  })
}

/** Saves {@link recordingOf} as a file. */
export function exportRecording(workspace: Workspace): void {
  const recording = recordingOf(workspace)
  const address = URL.createObjectURL(new Blob([formatRecording(recording)], { type: 'application/jsonl' }))
  const link = document.createElement('a')
  link.href = address
  link.download = `wsrv-${recording.header.startedAt.replaceAll(/[:.]/g, '-')}.jsonl`
  link.click()
  URL.revokeObjectURL(address)
}

/**
 * Shows a recording in a lane of its own for each of its connections.
 *
 * @returns what is wrong with the file; `undefined` when nothing is.
 */
export async function importRecording(workspace: Workspace, file: File): Promise<string | undefined> {
  try {
    showRecording(workspace, parseRecording(await file.text()), file.name)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function showRecording(workspace: Workspace, { header, lines }: Recording, name: string): void {
  const startMs = Date.parse(header.startedAt) || 0
  const numbers = [...new Set(lines.map(({ connection = 1 }) => connection))]
  for (const number of numbers) {
    const lane = workspace.addRecordingLane(numbers.length === 1 ? name : `${name} · ${number}`)
    for (const line of lines.filter(({ connection = 1 }) => connection === number)) {
      showLine(lane.timeline, line, startMs + line.at)
    }
    lane.touch()
  }
}

function showLine(timeline: Lane['timeline'], line: RecordingLine, atMs: number): void {
  if (!('event' in line)) timeline.add(toMessage(line, atMs))
  else timeline.addEvent(line.event, atMs, line.event === 'close' ? closeOf(line) : undefined)
}

function closeOf({ code = 0, reason = '' }: { readonly code?: number; readonly reason?: string }): {
  readonly code: number
  readonly reason: string
} {
  return { code, reason }
}

function toMessage(line: Parameters<typeof recordedPayload>[0], atMs: number): WireMessage {
  return readMessage({ atMs, from: line.from, payload: recordedPayload(line) })
}
