import { expect, test } from '@jest/globals';
import { noticePool, workersOf } from './decoder-threads.ts';

const notices = (workers: number, environment: Record<string, string>) => {
  const lines: string[] = [];
  const log = { info: (line: string) => void lines.push(line), warn: () => undefined };
  noticePool('set', workers, log, environment);
  return lines;
};

test('fewer threads than images side by side are announced, with what to set', () => {
  expect(notices(16, {})).toEqual([
    'set: images are decoded by 4 threads, as many as Node has for such work; set the environment variable UV_THREADPOOL_SIZE to 16 before the start to use 16.',
  ]);
  expect(notices(16, { UV_THREADPOOL_SIZE: '8' })[0]).toMatch('by 8 threads');
});

test('enough threads are not worth a line', () => {
  expect([...notices(4, {}), ...notices(16, { UV_THREADPOOL_SIZE: '16' })]).toEqual([]);
});

test('the number of cores is the default', () => {
  expect(workersOf(undefined)).toBeGreaterThan(0);
  expect(workersOf(3)).toBe(3);
});
