import { FAULTS, suffer } from './faults.ts'

/** `pnpm faults:redis [members]`: every fault, with the broker's defaults, under a crowd; prints figures, and fails when a promise is broken. */
const members = Number(process.argv[2] ?? 1_000)
let isKept = true
const say = (line: string): boolean => process.stdout.write(`${line}\n`)
say(`${members} members at three servers, each server pushing to all of them every 200 ms\n`)
say('| fault | untold | twice | told | dropped | longest silence, s | growth, MiB |')
say('| --- | --- | --- | --- | --- | --- | --- |')
const options = { members, intervalMs: 200, broker: {}, forMs: 10_000 }
for await (const [fault, report] of suffer(FAULTS, options)) {
  const { untold, twice, told, dropped, silenceMs, growthMiB } = report
  const figures = [untold, twice, told, dropped, (silenceMs / 1_000).toFixed(1), growthMiB.toFixed(0)]
  say(`| ${fault.name} | ${figures.join(' | ')} |`)
  isKept &&= untold + twice === 0 && (fault.dropsMembers || dropped === 0) && growthMiB < 256
}
process.exit(isKept ? 0 : 1)
