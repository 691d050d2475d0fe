import { afterAll, describe, expect, test } from '@jest/globals';
import { createCompression } from '../compressions/create-compression.ts';
import { compressionParts } from '../compressions/compression-parts.ts';
import { bitsOf } from '../testing/bits-of.ts';
import { oracleNumbers, oracleVector } from '../testing/oracle-numbers.ts';
import { threadCount } from '../testing/thread-count.ts';
import { compressionRunner } from './compression-runner.ts';
import { estimateMilliseconds } from './job-duration.ts';
import type { CompressionJob } from './compression-job.ts';

const plain = compressionRunner({ workers: 0 });
const two = compressionRunner({ workers: 2 });
afterAll(async () => {
  await two[Symbol.asyncDispose]();
  await plain[Symbol.asyncDispose]();
});

// Few iterations, so that the result depends on the seed.
const kMeans = {
  name: 'adaptive-quantization',
  centroids: 16,
  algorithm: 'k-means',
  restarts: 1,
  iterations: 2,
};
const count = 40_000;

const job = (name: string, more: Partial<CompressionJob> = {}): CompressionJob => ({
  name,
  parts: [kMeans],
  options: {},
  weights: oracleNumbers(7, count),
  shape: [count],
  mu: 0.5,
  seed: 1,
  ...more,
});

/** Steps of every form, all worth a thread. */
const jobs = [
  job('codebook'),
  job('other seed', { seed: 2 }),
  job('ranks', {
    parts: [{ name: 'rank-selection', alpha: 0.02, criterion: 'flops', convScheme: 'scheme-1' }],
    weights: oracleNumbers(3, count * 2),
    shape: [160, 20, 5, 5],
    spatial: 4,
  }),
  job('sum', {
    parts: [{ name: 'l0-constraint', kept: 500 }, { name: 'scaled-binary' }],
    options: { repetitions: 3 },
    weights: Float64Array.from(oracleNumbers(9, 60_000)),
    shape: [60_000],
  }),
  job('too high', {
    parts: [{ name: 'low-rank', rank: 160 }],
    weights: oracleNumbers(3, 160 * 250),
    shape: [160, 250],
  }),
];

describe('compression steps', () => {
  test('give the same bits in threads, in any order, and on from the results before', async () => {
    expect(jobs.every((one) => estimateMilliseconds(one) > 5)).toBe(true);
    const before = threadCount();
    const here = await plain.run(jobs);
    expect(threadCount()).toBe(before);
    expect(bitsOf(await two.run(jobs))).toBe(bitsOf(here));
    expect(threadCount()).toBe(before + 2);
    expect(bitsOf((await two.run([...jobs].reverse())).reverse())).toBe(bitsOf(here));
    const next = jobs.map((one, i) => ({ ...one, previous: here[i]!.theta }));
    const then = await plain.run(next);
    expect(bitsOf(await two.run(next))).toBe(bitsOf(then));
    expect(here.map(({ theta }) => theta.kind)).toEqual([
      'codebook',
      'codebook',
      'factors',
      'sum',
      'factors',
    ]);
    // They do depend on the seed, and on the step before.
    expect(bitsOf(here[1]!.theta)).not.toBe(bitsOf(here[0]!.theta));
    expect(bitsOf(then[3]!.delta)).not.toBe(bitsOf(here[3]!.delta));
  });

  test('leave the arrays of the caller as they are', async () => {
    const previous = (await plain.run(jobs.slice(0, 1)))[0]!.theta;
    const copy = structuredClone({ ...jobs[0]!, previous });
    await two.run([copy, copy]);
    expect(bitsOf(copy)).toBe(bitsOf({ ...jobs[0]!, previous }));
  });

  test('tell what they do otherwise than asked', async () => {
    for (const runner of [plain, two]) {
      const [result, quiet] = await runner.run([jobs[4]!, jobs[0]!]);
      expect(result!.warnings).toEqual([expect.stringContaining('rank 160 does not compress')]);
      expect(quiet!.warnings).toEqual([]);
    }
  });

  test('that are small need no thread', async () => {
    const before = threadCount();
    await using runner = compressionRunner({ workers: 2 });
    const small = job('small', { weights: oracleVector, shape: [64] });
    const results = await runner.run([small, small]);
    expect(threadCount()).toBe(before);
    expect(results).toEqual(await plain.run([small, small]));
  });
});

describe('an error of a step', () => {
  const wrong = [
    job('fine'),
    job('conv2', { weights: oracleNumbers(7, count).fill(NaN, 5, 6) }),
    job('conv3', { parts: [{ ...kMeans, centroids: -1 }] }),
  ];

  test.each([
    ['in this thread', plain],
    ['in a thread', two],
  ])('%s keeps code and message, and names the first task', async (_, runner) => {
    await expect(runner.run(wrong)).rejects.toMatchObject({
      name: 'PareError',
      code: 'BAD_WEIGHTS',
      message: expect.stringMatching(
        /^task "conv2": compression "adaptive-quantization": weight 5 is NaN/,
      ) as unknown,
    });
    // The others go on.
    expect(await runner.run(wrong.slice(0, 1))).toHaveLength(1);
  });

  test('that is a defect says so, with what happened', async () => {
    const broken = job('fc1', { parts: [{ name: 'broken' }] });
    const create = () => {
      throw new TypeError('x is not a function');
    };
    await using runner = compressionRunner({ workers: 0, create });
    await expect(runner.run([broken])).rejects.toMatchObject({
      code: 'COMPRESSION_FAILED',
      message: expect.stringMatching(/^task "fc1": .*x is not a function/) as unknown,
      cause: { message: 'x is not a function' },
    });
  });
});

describe('kinds that this package does not have', () => {
  const kinds = { ...compressionParts, mine: compressionParts['scaled-binary']! };
  const mine = job('mine', { parts: [{ name: 'mine' }] });

  test('are made by `create`, alone and in sums', async () => {
    const calls: unknown[] = [];
    const create: typeof createCompression = (parts, options) => {
      calls.push(parts);
      return createCompression(parts, options, kinds);
    };
    await using runner = compressionRunner({ workers: 1, create });
    const sum = { ...mine, parts: [{ name: 'l0-constraint', kept: 9 }, ...mine.parts] };
    const results = await runner.run([mine, sum, jobs[0]!]);
    expect(calls).toEqual([sum.parts, mine.parts]);
    const [usual] = await plain.run([{ ...mine, parts: [{ name: 'scaled-binary' }] }]);
    expect(results[0]).toEqual(usual);
  });

  test('are refused without it', async () => {
    await expect(two.run([mine])).rejects.toMatchObject({ code: 'UNKNOWN_COMPRESSION' });
  });
});

test('a runner without a whole number of workers is refused', () => {
  for (const workers of [-1, 1.5, NaN]) {
    expect(() => compressionRunner({ workers })).toThrow(/whole number from 0; received/);
  }
});

test('a runner that has been disposed of runs nothing, with threads or without', async () => {
  for (const workers of [0, 2]) {
    const runner = compressionRunner({ workers });
    await runner[Symbol.asyncDispose]();
    await expect(runner.run(jobs.slice(0, 1))).rejects.toMatchObject({ code: 'RUNNER_CLOSED' });
  }
});
