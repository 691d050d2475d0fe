import { describe, expect, test } from '@jest/globals';
import { referenceGrouping, regularizerKind } from './regularizer-kind.ts';

describe('names of regularizers', () => {
  test('have short forms', () => {
    expect(regularizerKind('hs')).toBe('hoyer-square');
    expect(regularizerKind('group-hs')).toBe('group-hoyer-square');
    expect(regularizerKind('hoyer')).toBe('hoyer');
  });

  test('are numbered differently by the original scripts', () => {
    expect(regularizerKind(2, 'element')).toBe('hoyer');
    expect(regularizerKind(2, 'structure')).toBe('group-hoyer-square');
    expect(regularizerKind('2', 'cifar_group')).toBe('group-hoyer');
    expect(regularizerKind(3, 'main_group')).toBe('group-hoyer-square');
  });

  test('must be known', () => {
    expect(() => regularizerKind('ridge')).toThrow(/unknown regularizer "ridge".*hoyer-square/);
    expect(() => regularizerKind('constructor')).toThrow(/unknown regularizer/);
    expect(() => regularizerKind(3, 'structure')).toThrow(
      /"structure" has no regularizer 3.*2 group-hoyer-square/,
    );
    expect(() => regularizerKind(2)).toThrow(/add script: element \| structure/);
  });

  test('group as each script does', () => {
    expect(referenceGrouping('structure', 'group-lasso')).toBe('kernel-position');
    expect(referenceGrouping('structure', 'group-hoyer-square')).toBe('filter-channel');
    expect(referenceGrouping('cifar_group', 'group-lasso')).toBe('filter-channel');
    expect(referenceGrouping('main_group', 'group-hoyer')).toBe('kernel-position');
    expect(referenceGrouping(undefined, 'group-lasso')).toBe('filter-channel');
  });
});
