import { performance } from 'node:perf_hooks';

/** Does something several times: the least milliseconds and the least processor time of all threads, and the last result. */
export async function fastest(times, run) {
  const best = { milliseconds: Infinity, cpu: Infinity, result: undefined };
  for (let i = 0; i < times; i++) {
    const [start, used] = [performance.now(), process.cpuUsage()];
    best.result = await run();
    const { user, system } = process.cpuUsage(used);
    best.milliseconds = Math.min(best.milliseconds, performance.now() - start);
    best.cpu = Math.min(best.cpu, (user + system) / 1000);
  }
  return best;
}
