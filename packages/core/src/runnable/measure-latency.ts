import type { Clock } from '../contracts/services.ts';

/** Times of single runs in milliseconds. */
export interface Latency {
  readonly median: number;
  readonly least: number;
  readonly greatest: number;
  readonly runs: number;
  readonly batchSize: number;
}

/** How it is measured. */
export interface LatencyOptions {
  /** Runs that count; default 30. */
  readonly runs?: number;
  /** Images in a run; default 1. */
  readonly batchSize?: number;
}

/** Runs that come before and do not count: the first ones are slower. */
const warmUpRuns = 5;

/** Times an action `runs` times, one after the other. */
export async function measureLatency(
  clock: Clock,
  run: () => Promise<unknown>,
  { runs, batchSize }: Required<LatencyOptions>,
): Promise<Latency> {
  const times: number[] = [];
  for (let i = -warmUpRuns; i < runs; i++) {
    const started = clock.monotonic();
    await run();
    if (i >= 0) times.push(clock.monotonic() - started);
  }
  times.sort((a, b) => a - b);
  const [low, high] = [times[(runs - 1) >> 1]!, times[runs >> 1]!];
  return {
    median: (low + high) / 2,
    least: times[0]!,
    greatest: times.at(-1)!,
    runs,
    batchSize,
  };
}
