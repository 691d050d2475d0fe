import { expect, test } from '@jest/globals';
import { oracleVector } from '../testing/oracle-numbers.ts';
import { threadCount } from '../testing/thread-count.ts';
import { CompressionThreads } from './compression-threads.ts';
import type { CompressionJob } from './compression-job.ts';

const dyingWorker = new URL('./testing/dying-worker.mjs', import.meta.url).href;

const job = (name?: string): CompressionJob => ({
  name,
  parts: [{ name: 'binary' }],
  options: {},
  weights: oracleVector,
  shape: [64],
  mu: 0,
  seed: 1,
});

const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

test('threads start at the first step and end with disposal', async () => {
  const before = threadCount();
  const threads = new CompressionThreads(2);
  expect(threadCount()).toBe(before);
  const { delta } = await threads.run(job());
  expect([...delta].every((value) => Math.abs(value) === 1)).toBe(true);
  expect(threadCount()).toBe(before + 2);
  await threads[Symbol.asyncDispose]();
  expect(threadCount()).toBe(before);
  expect(await errorOf(threads.run(job()))).toMatchObject({ code: 'RUNNER_CLOSED' });
  expect(threadCount()).toBe(before);
});

test('steps that are under way at disposal fail', async () => {
  const threads = new CompressionThreads(1);
  const errors = [job('a'), job('b'), job('c')].map((one) => errorOf(threads.run(one)));
  await threads[Symbol.asyncDispose]();
  for (const error of await Promise.all(errors)) {
    expect(error).toMatchObject({ code: 'RUNNER_CLOSED' });
  }
});

test('a thread that dies is an error for its step and for those that wait, and names the first', async () => {
  await using threads = new CompressionThreads(1, dyingWorker);
  const errors = [job('fc1'), job('fc2'), job('fc3')].map((one) => errorOf(threads.run(one)));
  for (const error of await Promise.all(errors)) {
    expect(error).toMatchObject({
      code: 'WORKER_DIED',
      message: expect.stringMatching(/^Task "fc1": .* ended: .*code: 3/) as unknown,
    });
  }
  // Later steps get threads of their own, which die as well here.
  expect(await errorOf(threads.run(job('fc4')))).toMatchObject({
    code: 'WORKER_DIED',
    message: expect.stringMatching(/^Task "fc4"/) as unknown,
  });
});

test('a worker that cannot be loaded is an error', async () => {
  await using threads = new CompressionThreads(1, new URL('./none.mjs', import.meta.url).href);
  expect(await errorOf(threads.run(job()))).toMatchObject({
    code: 'WORKER_DIED',
    message: expect.stringContaining('none.mjs') as unknown,
  });
});
