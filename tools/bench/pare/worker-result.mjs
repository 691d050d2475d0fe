import { performance } from 'node:perf_hooks';

/** Runs a task and gives what it returned with the milliseconds it took. */
export async function timed(task) {
  const started = performance.now();
  const value = await task();
  return { value, ms: performance.now() - started };
}

/** Prints the one line that the benchmark reads: times, losses, and facts about engine and memory. */
export function printResult(measured, { name, version, threads }) {
  const peakRssMb = (process.resourceUsage().maxRSS * 1024) / 1e6;
  const runtime = `${name} ${version}, Node ${process.version}`;
  console.log(JSON.stringify({ ...measured, peakRssMb, threads, runtime }));
}
