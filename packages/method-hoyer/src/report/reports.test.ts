import { describe, expect, test } from '@jest/globals';
import { C, P, series } from '../testing/oracle-inputs.ts';
import { networkOf } from '../testing/network-of.ts';
import { valued } from '../testing/parameters.ts';
import { mnistLines, weightLines } from './reference-lines.ts';
import { structureSummary, summaryLine } from './structure-summary.ts';
import { networkSparsity } from './tensor-sparsity.ts';
import { topKAccuracy } from './top-k-accuracy.ts';

const prunedP = P.map((value) => (Math.abs(value) < Math.fround(0.275) ? 0 : value));
const fc1 = valued('fc1.weight', 'dense', [4, 5], prunedP);
const bias = valued('fc1.bias', 'bias', [4], [0, 0.1, 0, -0.2]);

const sparsityOf = (...parameters: ReturnType<typeof valued>[]) => {
  const { network, weights } = networkOf(parameters);
  return networkSparsity(network, weights);
};

describe('sparsity reports', () => {
  // Oracle O6.
  test('have the exact text of the MNIST scripts', () => {
    expect(mnistLines(sparsityOf(fc1, bias))).toEqual([
      'fc1.weight           | nonzeros =       5 /      20 ( 25.00%) | total_pruned =      15 | shape = (4, 5)',
      'fc1.weight           | dim0 =       5 /       5 (100.00%) | dim1 =       2 /       4 ( 50.00%)',
      'fc1.bias             | nonzeros =       2 /       4 ( 50.00%) | total_pruned =       2 | shape = (4,)',
      'alive: 7, pruned : 17, total: 24, Compression rate :       3.43x  ( 70.83% pruned)',
    ]);
  });

  test('of the CIFAR scripts count weights only', () => {
    expect(weightLines(sparsityOf(fc1, bias))).toEqual([
      'fc1.weight           | dim0 =       5 /       5 (100.00%) | dim1 =       2 /       4 ( 50.00%)',
      'alive: 5, pruned : 15, total: 20, Compression rate :       4.00x  ( 75.00% pruned)',
    ]);
  });

  test('say inf when nothing is left', () => {
    const dead = valued('fc1.weight', 'dense', [4, 5], new Float32Array(20));
    expect(mnistLines(sparsityOf(dead)).at(-1)).toBe(
      'alive: 0, pruned : 20, total: 20, Compression rate :        infx  (100.00% pruned)',
    );
  });

  test('round like Python where a share lies exactly between two', () => {
    // 1 of 800 is 0.125 %.
    const one = valued('fc1.weight', 'dense', [20, 40], [1, ...Array<number>(799).fill(0)]);
    expect(mnistLines(sparsityOf(one))[0]).toContain('1 /     800 (  0.12%)');
  });

  test('sum up elements and structure as the ImageNet scripts do', () => {
    // Filter 1, and channel 0 of filter 2, are cut out of C.
    const cut = C.map((value, i) => {
      const [filter, channel] = [Math.floor(i / 8), Math.floor(i / 4) % 2];
      const removed = filter === 1 || (filter === 2 && channel === 0);
      return removed || Math.abs(value) < Math.fround(0.4) ? 0 : value;
    });
    const summary = structureSummary(
      sparsityOf(valued('conv.weight', 'conv', [3, 2, 2, 2], cut), fc1, bias),
    );
    expect(summary.elements).toBeCloseTo(0.7727273, 7);
    expect(summary.structure).toBeCloseTo(0.4615385, 7);
    expect(summary.structureMean).toBeCloseTo(0.4166667, 7);
    expect(summaryLine(summary)).toBe('Sparsity elt: 0.773 str: 0.462 str_avg: 0.417');
  });
});

describe('top-k accuracy', () => {
  const logits = series(42, [5, 2, 43, 21, 10]);
  const labels = [0, 3, 6, 2, 5, 1];

  // Oracle O15.
  test('is that of the original', () => {
    expect(topKAccuracy(logits, 7, labels, 1)).toBeCloseTo(16.66667, 5);
    expect(topKAccuracy(logits, 7, labels, 5)).toBe(50);
  });

  test('names what does not fit', () => {
    expect(() => topKAccuracy(logits, 7, labels, 8)).toThrow(/number of classes, 7; received 8/);
    expect(() => topKAccuracy(logits, 7, [7, ...labels.slice(1)], 1)).toThrow(
      /0 to 6; label 0 is 7/,
    );
    expect(() => topKAccuracy(logits, 7, [0, 1], 1)).toThrow(/2 labels.*14 logits.*received 42/);
    const broken = logits.with(9, NaN);
    expect(() => topKAccuracy(broken, 7, labels, 1)).toThrow(/logit 2 of row 1 is NaN/);
  });
});
