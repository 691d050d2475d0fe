import { describe, expect, test } from '@jest/globals';

import { closingLine } from './closing-line.mjs';

const results = {
  numPassedTests: 12,
  numFailedTests: 0,
  numRuntimeErrorTestSuites: 0,
  numPendingTests: 0,
  numTodoTests: 0,
};

describe('closing line', () => {
  test('names passed and failed tests', () =>
    expect(closingLine({ ...results, numFailedTests: 3 })).toBe('12 passed, 3 failed'));

  test('counts a file that could not run as a failure', () =>
    expect(closingLine({ ...results, numRuntimeErrorTestSuites: 1 })).toBe('12 passed, 1 failed'));

  test('names skipped tests, and planned ones with them, only when there are any', () =>
    expect(closingLine({ ...results, numPendingTests: 2, numTodoTests: 1 })).toBe(
      '12 passed, 0 failed, 3 skipped',
    ));
});
