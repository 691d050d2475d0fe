import { describe, expect, test } from '@jest/globals';

import { levelsOf } from './pare/lcs-levels.mjs';

const scalar = (value) => ({ shape: [], data: [value] });

describe('what a step of LCS is run at', () => {
  test('structured: both ends, then the drawn points, each with the width that belongs to it', () =>
    expect(
      levelsOf(
        'structured',
        { 'lcs.pass2.alpha': scalar(0.5), 'lcs.pass2.count64': scalar(40) },
        {},
      ),
    ).toEqual([
      { alpha: 0, width: 0.25 },
      { alpha: 1, width: 1 },
      { alpha: 0.5, width: 0.625 },
    ]));

  test('unstructured: zeros are the weights that are not kept, in layers that are pruned', () =>
    expect(
      levelsOf(
        'unstructured',
        { 'lcs.alpha': scalar(0.1), 'lcs.kept.conv2.weight': scalar(4) },
        {
          parameters: [
            { name: 'conv1.weight', layer: 'conv1', shape: [3, 2] },
            { name: 'conv2.weight', layer: 'conv2', shape: [5, 2] },
          ],
        },
      ),
    ).toEqual([{ alpha: 0.1, zeros: { conv2: 6 } }]));

  test('quantized: 31 is the highest level of 5 bits', () =>
    expect(levelsOf('quantized', { 'lcs.alpha': scalar(0.5), 'lcs.top': scalar(31) }, {})).toEqual([
      { alpha: 0.5, bits: 5 },
    ]));
});
