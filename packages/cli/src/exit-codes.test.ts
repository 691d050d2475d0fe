import { PareError } from '@pare/core';
import { GraphError } from '@pare/graph';
import { describe, expect, test } from '@jest/globals';
import { exitCodeOf } from './exit-codes.ts';

describe('an error ends the command with', () => {
  test.each([
    ['NON_FINITE_LOSS', 1],
    ['DISK_FULL', 1],
    ['CONFIG_ERROR', 2],
    ['OPTION_ERROR', 2],
    ['RUN_FOLDER_EXISTS', 2],
    ['CHECKPOINT_MISMATCH', 2],
    ['PLUGIN_NOT_INSTALLED', 3],
    ['UNKNOWN_NAME', 3],
    ['ENGINE_NOT_INSTALLED', 3],
    ['DATASET_FILE_NOT_FOUND', 3],
    ['IDX_TRUNCATED', 3],
    ['DOWNLOAD_FAILED', 3],
    ['DATASET_BY_HAND', 3],
    ['DATASET_BAD_IMAGE', 3],
    ['DATASET_LABEL_RANGE', 3],
    ['DATASET_CLASS_COUNT', 2],
    ['LMDB_TRUNCATED', 3],
    ['DATASET_BAD_NORMALIZATION', 2],
    ['DATASET_AMBIGUOUS', 2],
    ['INTERRUPTED', 130],
    ['A_CODE_OF_A_PLUGIN', 2],
  ])('%s: %i', (code, exitCode) => {
    expect(exitCodeOf(new PareError(code, 'x'))).toBe(exitCode);
  });

  test('1 where nobody foresaw it, whatever code Node gave it', () => {
    expect(exitCodeOf(new TypeError('x is not a function'))).toBe(1);
    expect(exitCodeOf(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBe(1);
    expect(exitCodeOf(undefined)).toBe(1);
  });

  test('the same where the error comes from another copy of core', () => {
    class PareError extends Error {
      override name = 'PareError';
      code = 'PLUGIN_LOAD';
    }
    expect(exitCodeOf(new PareError())).toBe(3);
  });

  test('2 where layers do not fit together', () => {
    expect(exitCodeOf(new GraphError('SHAPE_MISMATCH', 'x'))).toBe(2);
  });
});
