import { expect, test } from '@jest/globals';

import { checkAgreement } from './agreement.mjs';

const losses = (...values) => ({ losses: values });

test('losses within 0.1 % of each other agree', () =>
  expect(() => checkAgreement('n', losses(2.302, 2.1), losses(2.304, 2.1))).not.toThrow());

test('another loss after one update means another optimizer or gradient', () =>
  expect(() => checkAgreement('n', losses(2.3, 2.1), losses(2.3, 2.11))).toThrow(
    'after one update',
  ));

test('a loss that is not a number never agrees', () =>
  expect(() => checkAgreement('n', losses(NaN), losses(2.3))).toThrow('before training'));
