import { readFileSync } from 'node:fs'
import type { BrokerEvent } from '@wsrv/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPrometheus } from '../../examples/observability/prometheus.ts'
import { type Observed, serveObserved } from '../../examples/observability/serve.ts'
import { frame } from '../support/frame.ts'
import { HANDSHAKE, TcpPeer } from '../support/tcp-peer.ts'

let observed: Observed

beforeAll(async () => {
  observed = await serveObserved(0)
})

afterAll(() => observed.close())

async function scrape(): Promise<string> {
  return (await fetch(`${observed.url}metrics`)).text()
}

async function connect(): Promise<TcpPeer> {
  const peer = await TcpPeer.connect(Number(new URL(observed.url).port))
  peer.send(HANDSHAKE.replace('GET / ', 'GET /ws '))
  await peer.head()
  return peer
}

const REGISTER = '{"cmd":"register","seqno":"a","data":{"uid":1}}'

describe('the Prometheus endpoint', () => {
  it('has what a server did, in the text format', async () => {
    const [peer, other] = [await connect(), await connect()]
    peer.send(frame(0x81, REGISTER))
    let answer = await peer.next()
    while (!answer.includes('"cmd":"register"')) answer = await peer.next()
    peer.send(frame(0x81, 'garbage'))
    expect(await peer.next()).toContain('"status":400')
    other.send(frame(0x88, Buffer.of(0x03, 0xe8)))
    await other.ended()

    const response = await fetch(`${observed.url}metrics`)
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    const lines = (await response.text()).split('\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        '# TYPE wsrv_request_duration_seconds histogram',
        'wsrv_request_duration_seconds_bucket{cmd="register",status="0",le="+Inf"} 1',
        'wsrv_request_duration_seconds_count{cmd="register",status="0"} 1',
        '# TYPE wsrv_connections gauge',
        'wsrv_connections 1',
        'wsrv_disconnects_total{code="1000"} 1',
        'wsrv_refusals_total{status="400"} 1',
        `wsrv_request_bytes_total{cmd="register"} ${REGISTER.length}`,
        `wsrv_response_bytes_total{cmd="register"} ${answer.length - 'text '.length}`,
      ]),
    )
    for (const line of lines) expect(line).toMatch(/^$|^# (HELP|TYPE) \w+ .+|^\w+(\{(\w+="[^"]*",?)+\})? [\d.e+-]+$/)
    peer.destroy()
  })

  it('says that there are no connections before the first', () => {
    expect(createPrometheus().write().split('\n')).toContain('wsrv_connections 0')
  })

  it('counts limits by name, and bytes of pushes for each who received them', () => {
    const { observer, write } = createPrometheus()
    observer.limitReached?.({ limit: 'maxInFlight', value: 1, sid: 's' })
    observer.pushSent?.({ cmd: 'news', seqno: 'xxxxxxxx', receivers: 3, bytes: 70 })
    expect(write().split('\n')).toEqual(
      expect.arrayContaining(['wsrv_limits_total{limit="maxInFlight"} 1', 'wsrv_push_bytes_total{push="news"} 210']),
    )
  })

  it('counts what happens between the servers of a broker', () => {
    const { observer, write } = createPrometheus()
    const events: BrokerEvent[] = [
      { kind: 'away', error: new Error('gone') },
      { kind: 'queue', deliveries: 7, bytes: 700 },
      { kind: 'queue', deliveries: 9, bytes: 900 },
      { kind: 'dropped', deliveries: 3, why: 'full' },
      { kind: 'dropped', deliveries: 2, why: 'full' },
      { kind: 'deaf', deafMs: 1_500 },
      { kind: 'latency', ms: 2 },
      { kind: 'lost', pushes: 4, sessions: 10 },
      { kind: 'presence', members: 12 },
    ]
    for (const event of events) observer.brokerEvent?.(event)
    const lines = [
      'wsrv_broker_away 1',
      'wsrv_broker_queue_deliveries 9',
      'wsrv_broker_queue_bytes 900',
      'wsrv_broker_dropped_total{why="full"} 5',
      'wsrv_broker_deaf_seconds_total 1.5',
      'wsrv_broker_latency_seconds_bucket{le="0.0025"} 1',
      'wsrv_broker_lost_pushes_total 4',
      'wsrv_broker_told_sessions_total 10',
      'wsrv_broker_presence_members 12',
    ]
    expect(write().split('\n')).toEqual(expect.arrayContaining(lines))
    observer.brokerEvent?.({ kind: 'back', awayMs: 2_000 })
    expect(write().split('\n')).toEqual(
      expect.arrayContaining(['wsrv_broker_away 0', 'wsrv_broker_away_seconds_total 2']),
    )
  })

  it('has every number that the Grafana dashboard draws', async () => {
    const dashboard = readFileSync(`${import.meta.dirname}/../../examples/observability/dashboard.json`, 'utf8')
    const drawn = new Set(dashboard.match(/wsrv_\w+/g))
    const families = new Set((await scrape()).match(/(?<=# TYPE )\w+/g))
    expect([...drawn].filter((name) => !families.has(name.replace(/_(bucket|count|sum)$/, '')))).toEqual([])
    expect(drawn.size).toBeGreaterThan(6)
  })

  it('serves nothing else', async () => {
    expect((await fetch(observed.url)).status).toBe(404)
  })
})
