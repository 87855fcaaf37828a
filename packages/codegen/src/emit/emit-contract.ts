import type { Memo } from '../memo.ts'
import { printComment } from '../print/print-comment.ts'
import { printData } from '../print/print-data.ts'
import { printImport } from '../print/print-declaration.ts'
import { printFile } from '../print/print-file.ts'
import type { Emitter } from './emitter.ts'

/** Emits the contract as data; the server runtime validates messages against it. */
export function contractEmitter(path: string, memo: Memo): Emitter {
  return {
    name: 'contract',
    emit: (model) => {
      const comment = printComment({
        description: 'The contract as data: what the server checks messages with.',
        tags: [],
      })
      const head = 'export const contract: Contract = '
      const declaration = [comment, head, printData(model.contract, head.length, memo)]
      return [
        {
          kind: 'printed',
          path,
          text: printFile(model, [printImport(['type Contract'], '@wsrv/schema')], [declaration]),
        },
      ]
    },
  }
}
