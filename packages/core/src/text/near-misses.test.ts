import { describe, expect, test } from '@jest/globals';
import { byNearness, didYouMean, editDistance, nearMisses } from './near-misses.ts';

describe('editDistance', () => {
  test('counts insertions, deletions, replacements and swaps of neighbours', () => {
    expect(editDistance('epoch', 'epochs')).toBe(1);
    expect(editDistance('strenght', 'strength')).toBe(1);
    expect(editDistance('kitten', 'sitting')).toBe(3);
    expect(editDistance('', 'abc')).toBe(3);
  });

  test('does not count case and separators', () => {
    expect(editDistance('lenet-300-100', 'LeNet_300_100')).toBe(0);
  });
});

test('names are listed nearest first', () => {
  expect(byNearness('hoyr', ['bip', 'lcs', 'hoyer'])[0]).toBe('hoyer');
});

test('only near names are offered', () => {
  expect(nearMisses('momentun', ['momentum', 'nesterov', 'learningRate'])).toEqual(['momentum']);
  expect(nearMisses('lenet', ['lenet-5', 'lenet-300-100', 'resnet'])).toEqual([
    'lenet-5',
    'lenet-300-100',
  ]);
  expect(didYouMean('zzz', ['momentum'])).toBe('');
  expect(didYouMean('sdg', ['sgd', 'adam'])).toBe(' Did you mean "sgd"?');
});
