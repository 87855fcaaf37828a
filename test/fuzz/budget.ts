/**
 * How long a fuzz test runs, and the seed that it prints and replays.
 *
 * - `WSRV_FUZZ_SEED=17` replays a run; without it each run has a seed of its own.
 * - `WSRV_FUZZ_FRAMES=1000000` sends so many frames; without it a run ends after `CI_MS`.
 */
export const SEED: number = Number(process.env['WSRV_FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31))

const FRAMES = Number(process.env['WSRV_FUZZ_FRAMES'] ?? 0)
const CI_MS = 1_500

/** How long a test that uses a {@link createBudget} may take, in ms: a thousand frames a second are a slow machine. */
export const MAX_TEST_MS: number = 20_000 + FRAMES

/** Whether there is more to do after so many frames. */
export function createBudget(): (frames: number) => boolean {
  const end = performance.now() + CI_MS
  return (frames) => (FRAMES > 0 ? frames < FRAMES : performance.now() < end)
}
