import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { prefetch } from './prefetch.ts';

/** Tasks that end when they are told to. */
function tasks(count: number) {
  const ends: ((value: number | Error) => void)[] = [];
  const list = Array.from({ length: count }, (_, i) => () => {
    begun.push(i);
    return new Promise<number>((resolve, reject) => {
      ends[i] = (value) => (value instanceof Error ? reject(value) : resolve(value));
    });
  });
  const begun: number[] = [];
  return { list, begun, ends };
}

const turn = () => new Promise(setImmediate);

describe('prefetching', () => {
  test('gives results in order, whichever are ready first', async () => {
    const { list, ends } = tasks(3);
    const results = prefetch(list, 2, () => undefined);
    const first = results.next();
    await turn();
    [2, 1, 0].forEach((i) => ends[i]!(i));
    expect((await first).value).toBe(0);
    expect([(await results.next()).value, (await results.next()).value]).toEqual([1, 2]);
    expect((await results.next()).done).toBe(true);
  });

  test('holds the result given last and those ahead, never more', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(4), fc.nat(12), async (ahead, count) => {
        let [begun, given, most] = [0, 0, 0];
        const list = Array.from({ length: count }, (_, i) => () => {
          begun++;
          most = Math.max(most, begun - given);
          return Promise.resolve(i);
        });
        const seen: number[] = [];
        for await (const value of prefetch(list, ahead, () => undefined)) {
          seen.push(value);
          // The one in the consumer's hands is held too, until it asks for the next.
          most = Math.max(most, begun - given);
          given++;
        }
        expect(seen).toEqual(list.map((_, i) => i));
        expect(most).toBe(Math.min(count, ahead + 1));
      }),
    );
  });

  test('keeps so many under way while the consumer works', async () => {
    const { list, begun, ends } = tasks(9);
    const results = prefetch(list, 2, () => undefined);
    const first = results.next();
    await turn();
    ends[0]!(0);
    await first;
    expect(begun).toEqual([0, 1, 2]);
  });

  test('begins nothing when the consumer has gone, and waits for what runs', async () => {
    const { list, begun, ends } = tasks(9);
    let stopped = false;
    const results = prefetch(list, 1, () => (stopped = true));
    const first = results.next();
    await turn();
    ends[0]!(0);
    await first;
    let over = false;
    const end = results.return().then(() => (over = true));
    await turn();
    expect([stopped, over]).toEqual([true, false]);
    ends[1]!(new Error('nobody hears of this one'));
    await end;
    expect(begun).toEqual([0, 1]);
  });

  test('throws a failure where its result would have come', async () => {
    const { list, ends } = tasks(3);
    const results = prefetch(list, 2, () => undefined);
    const first = results.next();
    await turn();
    ends[1]!(new Error('bad'));
    await turn();
    [0, 2].forEach((i) => ends[i]!(i));
    expect((await first).value).toBe(0);
    await expect(results.next()).rejects.toThrow('bad');
    expect((await results.next()).done).toBe(true);
  });
});
