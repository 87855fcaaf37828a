import type { ServerConnection, ServerTransport, UpgradeRequest } from '@wsrv/server'

/** A server transport whose connections can be dropped, as a network does it. */
export interface DroppableTransport extends ServerTransport {
  /** Ends the connection that an upgrade request led to, without a close frame; harmless when it has ended. */
  drop(request: UpgradeRequest): void
}

/** Wraps a server transport so that its connections can be found again. */
export function droppable(transport: ServerTransport): DroppableTransport {
  const connections = new WeakMap<UpgradeRequest, ServerConnection>()
  return {
    upgrade: (upgrade, open) =>
      transport.upgrade(upgrade, (connection) => {
        connections.set(connection.request, connection)
        return open(connection)
      }),
    drop: (request) => connections.get(request)?.terminate(),
  }
}
