import { EventEmitter, on } from 'node:events'
import { initTRPC } from '@trpc/server'
import { z } from 'zod'
import { NEWS, type News } from '../../job/note.ts'

const t = initTRPC.create()
const bus = new EventEmitter().setMaxListeners(0)

const note = z.object({
  id: z.number().int().min(1),
  text: z.string().max(1_000),
  items: z.array(z.object({ id: z.number().int(), from: z.string(), text: z.string() })),
})

/** As its documentation shows: inputs checked by zod, a subscription that yields what an emitter emits. */
export const router = t.router({
  echo: t.procedure.input(note).query(({ input }) => input),
  announce: t.procedure.input(z.object({ times: z.number() })).mutation(({ input }) => {
    for (let time = 0; time < input.times; time += 1) bus.emit('news', NEWS)
    return {}
  }),
  news: t.procedure.subscription(async function* ({ signal }) {
    for await (const [news] of on(bus, 'news', signal ? { signal } : {})) yield news as News
  }),
})

export type BenchRouter = typeof router
