import type { Server as HttpServer } from 'node:http'
import type { Adapter, PendingUpgrade } from '../connection/adapter.ts'
import { refuseUpgrade, type UpgradeRefusal } from '../connection/refuse-upgrade.ts'
import type { ServerTransport, Upgrade, UpgradeRequest } from '../connection/transport.ts'
import { takeUpgrades } from './upgrade-paths.ts'

/** The upgrades of one of Node's HTTP servers, made connections by a transport. */
export function httpAdapter(httpServer: HttpServer, transport: ServerTransport): Adapter {
  return {
    open: ({ path }, onUpgrade) =>
      takeUpgrades(httpServer, path, (upgrade) => onUpgrade(new HttpUpgrade(upgrade, transport))),
  }
}

class HttpUpgrade implements PendingUpgrade {
  readonly #upgrade: Upgrade
  readonly #transport: ServerTransport

  constructor(upgrade: Upgrade, transport: ServerTransport) {
    this.#upgrade = upgrade
    this.#transport = transport
  }

  get request(): UpgradeRequest {
    return this.#upgrade.request
  }

  accept(open: Parameters<PendingUpgrade['accept']>[0]): void {
    this.#transport.upgrade(this.#upgrade, open)
  }

  refuse(refusal: UpgradeRefusal): void {
    refuseUpgrade(this.#upgrade.socket, refusal)
  }

  watch(gone: () => void): () => void {
    const { socket } = this.#upgrade
    // Nothing else listens to this socket now, and an error without a listener would end the process.
    const ignore = (): void => undefined
    socket.on('close', gone).on('error', ignore)
    return () => socket.off('close', gone).off('error', ignore)
  }
}
