import { broadcastTo } from '../../ops/broadcast-to.ts';
import { concat } from '../../ops/concat.ts';
import { constant } from '../../ops/constant.ts';
import { dimValue } from '../../ops/dim-value.ts';
import { flatten } from '../../ops/flatten.ts';
import { gather } from '../../ops/gather.ts';
import { oneHot } from '../../ops/one-hot.ts';
import { pad } from '../../ops/pad.ts';
import { range } from '../../ops/range.ts';
import { reshape } from '../../ops/reshape.ts';
import { slice } from '../../ops/slice.ts';
import { transpose } from '../../ops/transpose.ts';
import { addDims, multiplyDims, subtractDims } from '../../ir/dim.ts';
import { differentiated, opCase } from '../define-case.ts';
import type { OpCase } from '../op-case.ts';

/** Ops that move elements, with sizes known and unknown. */
export const shapeCases: readonly OpCase[] = [
  differentiated(
    'input, variable and constant as outputs',
    ['input', 'variable', 'constant'],
    ({ floats, weights }) => ({
      input: floats('x', [2, 3]),
      variable: weights('w', [4]),
      constant: constant([1, -0, NaN, Infinity, -Infinity, 1e-40]),
    }),
    { kinks: true },
  ),
  opCase(
    'constants of every type',
    ['constant'],
    () => ({
      int32: constant([-(2 ** 31), 0, 2 ** 31 - 1], [3], 'int32'),
      bool: constant([1, 0], [2, 1], 'bool'),
      scalar: constant([0.1], []),
    }),
    { exact: true },
  ),
  differentiated('variable', ['variable'], ({ weights }) => reshape(weights('w', [2, 3]), [3, 2])),
  differentiated('broadcastTo', ['broadcastTo'], ({ floats }) => ({
    axes: broadcastTo(floats('x', [2, 1, 3]), [2, 2, 2, 3]),
    scalar: broadcastTo(floats('s', []), [2, 2]),
  })),
  differentiated('broadcastTo a run-time shape', ['broadcastTo'], ({ floats, dimension }) =>
    broadcastTo(floats('x', [2, 1]), [dimension('n', 3), 2, 'n']),
  ),
  differentiated('reshape', ['reshape'], ({ floats }) => reshape(floats('x', [2, 6]), [3, 2, 2])),
  differentiated('reshape with a symbolic batch', ['reshape'], ({ floats }) => {
    const x = floats('x', [3, 4], { as: ['batch', 4] });
    return {
      split: reshape(x, ['batch', 2, 2]),
      flat: reshape(x, [multiplyDims('batch', 4)]),
      up: reshape(x, [1, 'batch', 4]),
    };
  }),
  differentiated('flatten', ['flatten'], ({ floats }) =>
    flatten(floats('x', [2, 3, 1, 2], { as: ['batch', 3, 1, 2] })),
  ),
  differentiated('transpose', ['transpose'], ({ floats }) => ({
    matrix: transpose(floats('a', [2, 3])),
    three: transpose(floats('b', [2, 3, 4]), [2, 0, 1]),
    four: transpose(floats('c', [2, 1, 3, 2]), [0, 3, 1, 2]),
    symbolic: transpose(floats('d', [3, 2], { as: ['batch', 2] })),
  })),
  opCase('transpose of int32 and bool', ['transpose'], ({ numbers }) => ({
    integers: transpose(numbers('n', [1, 2, 3, 4, 5, 6], [2, 3])),
    booleans: transpose(numbers('b', [1, 0, 0, 1, 1, 1], [3, 2], 'bool')),
  })),
  differentiated('pad', ['pad', 'slice'], ({ floats }) => ({
    matrix: pad(
      floats('a', [2, 3]),
      [
        [1, 0],
        [2, 1],
      ],
      -1.5,
    ),
    image: pad(floats('b', [1, 2, 2, 2]), [
      [0, 0],
      [1, 1],
      [0, 2],
      [0, 0],
    ]),
    infinite: pad(floats('c', [2], { fixed: true }), [[1, 1]], 7),
  })),
  opCase('pad of bool with true', ['pad'], ({ numbers }) =>
    pad(numbers('b', [0, 0], [2], 'bool'), [[1, 2]], 1),
  ),
  differentiated('pad by run-time sizes', ['pad'], ({ floats, dimension }) =>
    pad(floats('x', [3, 2], { as: ['batch', 2] }), [
      [0, 0],
      [dimension('before', 1), dimension('after', 2)],
    ]),
  ),
  differentiated('slice', ['slice', 'pad'], ({ floats }) => ({
    matrix: slice(floats('a', [3, 4]), [1, 0], [2, 3]),
    image: slice(floats('b', [2, 3, 3, 2]), [0, 1, 1, 0], [2, 1, 2, 2]),
  })),
  differentiated(
    'slice of a run-time width from a run-time place',
    ['slice'],
    ({ floats, dimension }) => {
      const x = floats('x', [3, 6], { as: ['batch', 6] });
      const width = dimension('width', 2);
      return {
        left: slice(x, [0, 0], ['batch', width]),
        right: slice(x, [0, subtractDims(6, width)], ['batch', width]),
        moved: slice(x, [0, width], ['batch', 3]),
      };
    },
  ),
  opCase(
    'slice, pad, reshape and concat of int32',
    ['slice', 'pad', 'reshape', 'concat'],
    ({ numbers }) => {
      const n = numbers('n', [1, 2, 3, 4, 5, 6], [2, 3]);
      return {
        slice: slice(n, [0, 1], [2, 2]),
        pad: pad(
          n,
          [
            [0, 1],
            [1, 0],
          ],
          9,
        ),
        reshape: reshape(n, [6]),
        concat: concat([n, n], 0),
      };
    },
  ),
  differentiated('concat', ['concat', 'slice'], ({ floats }) => {
    const [a, b] = [floats('a', [2, 3]), floats('b', [2, 1])];
    return { last: concat([a, b, a]), first: concat([a, floats('c', [1, 3])], 0) };
  }),
  differentiated('concat of run-time parts', ['concat'], ({ floats, dimension }) => {
    const x = floats('x', [2, 5]);
    const k = dimension('k', 2);
    const rest = subtractDims(5, k);
    const left = slice(x, [0, 0], [2, k]);
    const right = slice(x, [0, k], [2, rest]);
    return {
      swapped: concat([right, left]),
      batch: concat([floats('y', [3, 2], { as: ['batch', 2] }), floats('z', [1, 2])], 0),
    };
  }),
  ...[0, 1, 2].map((axis) =>
    differentiated(`gather along axis ${axis}`, ['gather', 'segmentSum'], ({ floats, numbers }) => {
      const x = floats('x', [3, 3, 3]);
      return {
        one: gather(x, numbers('one', [2, 0, 2, 1]), axis),
        two: gather(x, numbers('two', [1, 1, 0, 2], [2, 2]), axis),
        scalar: gather(x, numbers('scalar', [1], []), axis),
      };
    }),
  ),
  differentiated('gather with a symbolic batch', ['gather'], ({ floats, numbers }) => ({
    columns: gather(floats('x', [3, 4], { as: ['batch', 4] }), numbers('columns', [3, 0]), 1),
    rows: gather(floats('table', [5, 2]), numbers('rows', [4, 0, 4], [3], 'int32', ['batch'])),
  })),
  opCase(
    'oneHot',
    ['oneHot'],
    ({ numbers }) => oneHot(numbers('x', [0, 2, 3, -1, 1, 7], [2, 3]), 4),
    { exact: true },
  ),
  opCase('range', ['range'], ({ floats, dimension }) => ({
    fixed: range(4),
    given: range(addDims(dimension('n', 3), 2)),
    batch: range(multiplyDims('batch', 2)),
    x: floats('x', [2, 1], { as: ['batch', 1] }),
  })),
  opCase(
    'dimValue',
    ['dimValue'],
    ({ floats, dimension }) => ({
      batch: dimValue('batch'),
      expression: dimValue(addDims(multiplyDims(dimension('n', 5), 2), 'batch'), 'int32'),
      product: dimValue(multiplyDims('batch', 'n')),
      x: floats('x', [2, 1], { as: ['batch', 1] }),
    }),
    { exact: true },
  ),
];
