import type { Memo } from '../memo.ts'
import { declareCommand, declarePush } from '../model/command-types.ts'
import type { Model } from '../model/model.ts'
import { type Selection, selectMembers } from '../model/select-members.ts'
import type { TypeDeclaration } from '../model/shape.ts'
import type { Doc } from '../print/layout.ts'
import { printClientFunctions } from '../print/print-client-functions.ts'
import { printClientInterfaces } from '../print/print-client-interfaces.ts'
import { printImport, printTypeDeclaration } from '../print/print-declaration.ts'
import { hasDeprecations } from '../print/print-deprecations.ts'
import { printFile } from '../print/print-file.ts'
import { hasSnapshots, printSnapshotTable } from '../print/print-snapshots.ts'
import { printErrorTable, printErrorType, printPushTable } from '../print/print-tables.ts'
import type { Emitter } from './emitter.ts'

/** Emits the typed client: self-contained interfaces, and methods that pass each call to the client runtime. */
export function clientEmitter(path: string, selection: Selection, memo: Memo): Emitter {
  return {
    name: 'client',
    emit: (whole) => {
      const model = selectMembers(whole, selection)
      return [{ kind: 'printed', path, text: printFile(model, [printImports(model)], printClient(model, memo)) }]
    },
  }
}

function printClient(model: Model, memo: Memo): readonly Doc[] {
  const { commands, pushes, clientTypes } = model
  const print = (declaration: TypeDeclaration): string => printTypeDeclaration(declaration, memo)
  return [
    ...clientTypes.map(print),
    ...commands.flatMap((command) => [...declareCommand(command, 'client').map(print), printErrorType(command)]),
    ...pushes.flatMap(declarePush).map(print),
    printPushTable(pushes),
    ...(commands.length === 0 ? [] : [printErrorTable(commands)]),
    ...printSnapshotTable(model),
    ...printClientInterfaces(model),
    ...printClientFunctions(model),
  ]
}

function printImports(model: Model): Doc {
  const { commands } = model
  const warning = hasDeprecations(model) ? ['warnDeprecated'] : []
  const streams = commands.some(({ item }) => item !== undefined) ? ['openStream', 'type Stream'] : []
  const snapshots = hasSnapshots(model) ? ['offerSnapshots'] : []
  const always = ['type ClientOptions', 'type ClientUrl', 'WsrvClient', ...snapshots, ...warning, ...streams]
  const forCommands = [
    'type CallOptions',
    'type Caller',
    'type CommandError',
    'type CommandInfo',
    'type FrameworkCode',
    'isErrorOf',
  ]
  return printImport(commands.length === 0 ? always : [...always, ...forCommands], '@wsrv/client')
}
