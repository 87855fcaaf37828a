import type { ServiceProto } from 'tsrpc-proto'
import type { News, Note } from '../../job/note.ts'

/** What its command line would generate of the job. */
export interface ServiceType {
  api: { Echo: { req: Note; res: Note }; Announce: { req: { times: number }; res: object } }
  msg: { News: News }
}

const text = { type: 'String' } as const
const number = { type: 'Number' } as const

const item = properties({ id: number, from: text, text })
const note = properties({ id: number, text, items: { type: 'Array', elementType: item } as const })

export const serviceProto: ServiceProto<ServiceType> = {
  services: [
    { id: 0, name: 'Echo', type: 'api' },
    { id: 1, name: 'Announce', type: 'api' },
    { id: 2, name: 'News', type: 'msg' },
  ],
  types: {
    'PtlEcho/ReqEcho': note,
    'PtlEcho/ResEcho': note,
    'PtlAnnounce/ReqAnnounce': properties({ times: number }),
    'PtlAnnounce/ResAnnounce': properties({}),
    'MsgNews/MsgNews': properties({ id: number, text }),
  },
}

function properties<Type>(types: Readonly<Record<string, Type>>): {
  type: 'Interface'
  properties: { id: number; name: string; type: Type }[]
} {
  return { type: 'Interface', properties: Object.entries(types).map(([name, type], id) => ({ id, name, type })) }
}
