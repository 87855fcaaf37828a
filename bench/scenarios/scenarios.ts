import { client } from './client.ts'
import { coldStart } from './cold-start.ts'
import { day } from './day.ts'
import { fanOut } from './fan-out.ts'
import { heartbeats } from './heartbeats.ts'
import { idle } from './idle.ts'
import { requestResponse } from './request-response.ts'
import type { Scenario } from './scenario.ts'

/** Everything that is measured, in the order of the report. */
export const SCENARIOS: readonly Scenario[] = [...requestResponse, ...fanOut, idle, heartbeats, day, client, coldStart]
