import { brokenPromises, FAULTS, suffer } from './faults.ts'

/**
 * `pnpm faults:redis [members]`: every fault, with the broker's defaults, under a crowd of 1,000; prints figures, and exits with 1
 * when a promise did not hold.
 */
const members = Number(process.argv[2] ?? 1_000)
const options = { members, intervalMs: 500, broker: {}, forMs: 10_000 }
const say = (line: string): boolean => process.stdout.write(`${line}\n`)

say(`${members} members at three servers; each server pushes to all of them every ${options.intervalMs} ms\n`)
say('| fault | untold | twice | members told | members dropped | longest silence, s | growth, MiB | broken |')
say('| --- | --- | --- | --- | --- | --- | --- | --- |')
for await (const [fault, report] of suffer(FAULTS, options)) {
  const { untold, twice, told, dropped, silenceMs, growthMiB } = report
  const broken = brokenPromises(fault, report, options.forMs)
  const figures = [untold, twice, told, dropped, (silenceMs / 1_000).toFixed(1), growthMiB.toFixed(0)]
  say(`| ${[fault.name, ...figures, broken.join(', ') || 'nothing'].join(' | ')} |`)
  if (broken.length > 0) process.exitCode = 1
}
process.exit()
