import { EventPublisher, os } from '@orpc/server'
import { z } from 'zod'
import { NEWS, type News } from '../../job/note.ts'

const publisher = new EventPublisher<{ news: News }>()

const note = z.object({
  id: z.number().int().min(1),
  text: z.string().max(1_000),
  items: z.array(z.object({ id: z.number().int(), from: z.string(), text: z.string() })),
})

/** As its documentation shows: inputs checked by zod, an event iterator that yields what a publisher publishes. */
export const router = {
  echo: os.input(note).handler(({ input }) => input),
  announce: os.input(z.object({ times: z.number() })).handler(({ input }) => {
    for (let time = 0; time < input.times; time += 1) publisher.publish('news', NEWS)
    return {}
  }),
  news: os.handler(async function* ({ signal }) {
    for await (const news of publisher.subscribe('news', signal ? { signal } : {})) yield news
  }),
}
