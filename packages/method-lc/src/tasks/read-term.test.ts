import { describe, expect, test } from '@jest/globals';
import { compressionParts } from '../compressions/compression-parts.ts';
import { createCompression } from '../compressions/create-compression.ts';
import { parseTaskLine } from './parse-task-line.ts';
import { readTerm } from './read-term.ts';

function read(text: string) {
  const { terms, source } = parseTaskLine({ line: 2, text: `fc1: ${text}` });
  return readTerm(terms[0]!, source, compressionParts);
}

/** Every option of every compression as it is written in a line. */
const written: readonly [string, Record<string, unknown>][] = [
  ['prune(5%)', { name: 'l0-constraint', kept: '5%' }],
  ['prune(keep=13310)', { name: 'l0-constraint', kept: 13310 }],
  ['prune(norm=l0, keep=3, precision=16)', { name: 'l0-constraint', kept: 3, precision: 16 }],
  ['prune(norm=l1, budget=1000)', { name: 'l1-constraint', radius: 1000 }],
  [
    'prune(budget=1000, preset=reference)',
    { name: 'l1-constraint', radius: 1000, preset: 'reference' },
  ],
  ['prune(norm=l0, penalty=1e-6)', { name: 'l0-penalty', alpha: 1e-6 }],
  ['prune(penalty=1e-6)', { name: 'l0-penalty', alpha: 1e-6 }],
  ['prune(norm=l1, penalty=1e-6)', { name: 'l1-penalty', alpha: 1e-6 }],
  ['quantize(2)', { name: 'adaptive-quantization', centroids: 2 }],
  [
    'quantize(k=4, algorithm=k-means, restarts=3, iterations=50, tolerance=1e-4)',
    {
      name: 'adaptive-quantization',
      centroids: 4,
      algorithm: 'k-means',
      restarts: 3,
      iterations: 50,
      tolerance: 1e-4,
    },
  ],
  ['quantize(values=[-1,0,1])', { name: 'fixed-codebook', values: [-1, 0, 1] }],
  ['quantize([-1, 1])', { name: 'fixed-codebook', values: [-1, 1] }],
  ['quantize(powers-of-two, c=5)', { name: 'powers-of-two', smallest: 5 }],
  ['binarize', { name: 'binary' }],
  ['binarize(scale)', { name: 'scaled-binary' }],
  ['ternarize', { name: 'ternary' }],
  ['ternarize(scale=true)', { name: 'scaled-ternary' }],
  ['low-rank(10)', { name: 'low-rank', rank: 10 }],
  [
    'low-rank(rank=10, scheme=2, precision=16)',
    { name: 'low-rank', rank: 10, convScheme: 'scheme-2', precision: 16 },
  ],
  ['low-rank(auto, alpha=1e-6)', { name: 'rank-selection', criterion: 'storage', alpha: 1e-6 }],
  [
    'low-rank(auto, cost=flops, alpha=1e-9, normalize, dense-fallback, scheme=1)',
    {
      name: 'rank-selection',
      criterion: 'flops',
      alpha: 1e-9,
      normalize: true,
      denseFallback: true,
      convScheme: 'scheme-1',
    },
  ],
];

/** Parts under their own names. */
const plain: typeof written = [
  ['l0-constraint(kept=13310)', { name: 'l0-constraint', kept: 13310 }],
  ['l0-constraint(kept=5%)', { name: 'l0-constraint', kept: '5%' }],
  [
    'rank-selection(alpha=1, criterion=flops, conv-scheme=scheme-2)',
    { name: 'rank-selection', alpha: 1, criterion: 'flops', convScheme: 'scheme-2' },
  ],
];

describe('a compression in a line', () => {
  test.each([...written, ...plain])('%s is a part', (text, part) => {
    expect(read(text)).toEqual(part);
    const counted = typeof part.kept === 'string' ? { ...part, kept: 1 } : part;
    expect(createCompression(counted as { name: string }).name).toBe(part.name);
  });

  test('can be every part with every option that it has', () => {
    for (const [name, { options }] of Object.entries(compressionParts)) {
      const used = written.filter(([, part]) => part.name === name);
      const keys = new Set(used.flatMap(([, part]) => Object.keys(part)));
      expect([...keys].sort()).toEqual(['name', ...Object.keys(options.shape)].sort());
    }
  });
});

describe('a mistake is told with its place', () => {
  test.each([
    [
      'prun(5%)',
      'UNKNOWN_COMPRESSION',
      'column 6: expected a compression; received "prun"',
      'Did you mean "prune"?',
    ],
    ['l0-constrain(kept=1)', 'UNKNOWN_COMPRESSION', 'column 6', 'Did you mean "l0-constraint"'],
    ['toString', 'UNKNOWN_COMPRESSION', 'column 6', 'received "toString"'],
    ['prune', 'BAD_TASK', 'column 6: prune needs one of keep, budget, penalty', 'received none'],
    ['prune(keeep=5%)', 'BAD_TASK', 'column 6: prune needs one of', 'Did you mean "keep"?'],
    [
      'prune(5%, precision=40)',
      'BAD_TASK',
      'column 16, prune',
      '32, 16 or a whole number from 1 to 15',
    ],
    ['prune(5%, precison=16)', 'BAD_TASK', 'column 16, prune', 'Did you mean "precision"?'],
    ['prune(200%)', 'BAD_TASK', 'column 12, prune: "keep"', 'at most 100%'],
    ['prune(keep=0%)', 'BAD_TASK', 'column 12, prune: "keep"', 'more than 0%'],
    ['prune(keep=-3)', 'BAD_TASK', 'column 12, prune: "keep"', 'received -3'],
    ['prune(keep=2.5)', 'BAD_TASK', 'column 12', 'a whole number of weights'],
    [
      'prune(keep=3, norm=l1)',
      'BAD_TASK',
      'column 20, prune: "norm" must be "l0"',
      'received "l1"',
    ],
    ['prune(keep=3, budget=5)', 'BAD_TASK', 'column 20', '"budget" is not known'],
    ['prune(penalty=-1)', 'BAD_TASK', 'column 12', '"penalty" must be at least 0'],
    ['quantize(k=0)', 'BAD_TASK', 'column 15', '"k" must be at least 1'],
    ['quantize(k=2.5)', 'BAD_TASK', 'column 15', 'whole number'],
    ['quantize(2, 3)', 'BAD_TASK', 'column 18: quantize has "k" twice', 'received 3'],
    ['quantize(powers-of-two)', 'BAD_TASK', 'column 6, quantize', '"c" is missing'],
    ['quantize(k=2, algorithm=kmeans)', 'BAD_TASK', 'column 20', 'Did you mean "k-means"?'],
    ['quantize(values=[1, 1])', 'BAD_TASK', 'column 15', 'the values must differ'],
    ['binarize(5)', 'BAD_TASK', 'column 15: binarize takes no value without a name', 'received 5'],
    ['binarize(scaled)', 'BAD_TASK', 'column 15', 'Did you mean "scale"?'],
    ['low-rank(auto)', 'BAD_TASK', 'column 6', '"alpha" is missing'],
    ['low-rank(auto, alpha=1, cost=flop)', 'BAD_TASK', 'column 30', 'Did you mean "flops"?'],
    [
      'low-rank(alpha=1)',
      'BAD_TASK',
      'column 6: low-rank needs one of auto, rank',
      'received alpha',
    ],
    ['low-rank(rank=-1)', 'BAD_TASK', 'column 15', '"rank" must be at least 0'],
    ['low-rank(rank=2, scheme=3)', 'BAD_TASK', 'column 23', '"scheme" must be one of 1, 2'],
    ['l1-constraint(radius=5%)', 'BAD_TASK', 'column 20', '"radius" must be a number'],
  ])('%s', (text, code, place, told) => {
    const action = () => read(text);
    expect(action).toThrow(expect.objectContaining({ code }));
    expect(action).toThrow(`tasks: line 2, ${place}`);
    expect(action).toThrow(told);
  });
});
