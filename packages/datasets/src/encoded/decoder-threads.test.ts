import { expect, test } from '@jest/globals';
import { noticePool, workersOf } from './decoder-threads.ts';

const notices = (workers: number, cores: number, environment: Record<string, string> = {}) => {
  const lines: string[] = [];
  const log = { info: (line: string) => void lines.push(line), warn: () => undefined };
  noticePool('set', workers, log, { cores, environment });
  return lines;
};

test('fewer threads than could be used are announced, with what to set', () => {
  expect(notices(17, 16)).toEqual([
    'set: images are decoded by 4 threads, as many as Node has for such work; set the environment variable UV_THREADPOOL_SIZE to 16 before the start to use 16.',
  ]);
  expect(notices(17, 16, { UV_THREADPOOL_SIZE: '8' })[0]).toMatch('by 8 threads');
  expect(notices(6, 16)[0]).toMatch('to use 6.');
});

test.each([
  ['enough threads', 17, 16, { UV_THREADPOOL_SIZE: '16' }],
  ['few cores', 9, 4, {}],
  ['few workers', 4, 16, {}],
])('%s are not worth a line', (_, workers, cores, environment) => {
  expect(notices(workers, cores, environment)).toEqual([]);
});

test('there is a worker more than cores by default', () => {
  expect(workersOf(undefined, 8)).toBe(9);
  expect(workersOf(3, 8)).toBe(3);
});
