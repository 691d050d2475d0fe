import { expect, test } from '@jest/globals';
import { Slots } from './slots.ts';

test('at most so many tasks run at a time, in the order in which they came', async () => {
  const slots = new Slots(2);
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const results = Array.from({ length: 4 }, (_, i) =>
    slots.run(async () => {
      begun.push(i);
      await new Promise<void>((end) => (ends[i] = end));
      return 10 * i;
    }),
  );
  const turn = () => new Promise(setImmediate);
  await turn();
  expect(begun).toEqual([0, 1]);
  ends[1]!();
  await turn();
  expect(begun).toEqual([0, 1, 2]);
  [0, 2].forEach((i) => ends[i]!());
  await turn();
  ends[3]!();
  expect(await Promise.all(results)).toEqual([0, 10, 20, 30]);
});

test('a task that fails makes room for the next', async () => {
  const slots = new Slots(1);
  const failed = slots.run(() => Promise.reject(new Error('no')));
  const next = slots.run(() => Promise.resolve('yes'));
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('yes');
});
