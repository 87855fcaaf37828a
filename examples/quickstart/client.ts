import { converse } from './conversation.ts'

/** `tsx client.ts [url]`: has the conversation with a server that is already running (`pnpm dev`, or any wsrv server). */
await converse(process.argv[2] ?? 'ws://127.0.0.1:8800/ws', (who, line) => console.log(`${who.padEnd(6)} ${line}`))
