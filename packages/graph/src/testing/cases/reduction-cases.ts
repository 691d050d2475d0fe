import { argMax } from '../../ops/arg-max.ts';
import { kthLargest } from '../../ops/kth-largest.ts';
import { max } from '../../ops/max.ts';
import { min } from '../../composites/min.ts';
import { mean } from '../../composites/mean.ts';
import { segmentSum } from '../../ops/segment-sum.ts';
import { sum } from '../../ops/sum.ts';
import { topK } from '../../ops/top-k.ts';
import { differentiated, opCase } from '../define-case.ts';
import type { OpCase } from '../op-case.ts';

const axes: readonly (number | readonly number[] | undefined)[] = [
  undefined,
  0,
  -1,
  [0, 2],
  [1, 2],
];
const ties = [3, 1, 3, 2, 2, 2];

/** Reductions and selection. */
export const reductionCases: readonly OpCase[] = [
  ...(
    [
      ['sum', sum, 'sum'],
      ['max', max, 'max'],
      ['mean', mean, 'sum'],
      ['min', min, 'max'],
    ] as const
  ).flatMap(([name, f, op]) => [
    ...axes.flatMap((axis) =>
      [false, true].map((keepDims) => {
        const title = `${name}, axes ${JSON.stringify(axis) ?? 'all'}${keepDims ? ', kept' : ''}`;
        return differentiated(title, [op], ({ floats }) =>
          f(floats('x', [2, 3, 4]), axis, { keepDims }),
        );
      }),
    ),
    differentiated(`${name} over a symbolic batch`, [op], ({ floats }) => {
      const x = floats('x', [3, 4], { as: ['batch', 4] });
      return { all: f(x), columns: f(x, 0), rows: f(x, 1) };
    }),
  ]),
  opCase('sum and max of int32', ['sum', 'max'], ({ numbers }) => {
    const x = numbers('x', [5, -2, 7, 2 ** 30, 1, -6], [2, 3]);
    return { sum: sum(x, 1), max: max(x, 0), all: sum(x) };
  }),
  differentiated(
    'max shares the gradient of ties',
    ['max'],
    ({ floats }) => max(floats('x', [2, 3], { values: ties }), 1),
    {
      kinks: true,
    },
  ),
  opCase('argMax along each axis, first of equals', ['argMax'], ({ floats, numbers }) => {
    const x = floats('x', [2, 3], { values: ties });
    return { rows: argMax(x), columns: argMax(x, 0), integers: argMax(numbers('n', [4, 9, 9])) };
  }),
  differentiated(
    'segmentSum with repeated and missing segments',
    ['segmentSum', 'gather'],
    ({ floats, numbers }) => segmentSum(floats('x', [4, 3]), numbers('indices', [2, 0, 2, 4]), 5),
  ),
  differentiated(
    'segmentSum of a vector into a run-time number of segments',
    ['segmentSum'],
    ({ floats, numbers, dimension }) =>
      segmentSum(
        floats('x', [4], { as: ['n'] }),
        numbers('indices', [1, 1, 0, 2], [4], 'int32', ['n']),
        dimension('segments', 4),
      ),
  ),
  opCase('segmentSum of int32', ['segmentSum'], ({ numbers }) =>
    segmentSum(numbers('x', [1, 2, 3, 4, 5, 6], [3, 2]), numbers('indices', [1, 0, 1]), 2),
  ),
  differentiated('topK of rows', ['topK', 'segmentSum'], ({ floats }) => {
    const { values, indices } = topK(floats('x', [3, 5]), 2);
    return { values, indices };
  }),
  differentiated('topK of a vector and of three axes', ['topK'], ({ floats }) => ({
    vector: topK(floats('x', [6]), 3).values,
    three: topK(floats('z', [2, 2, 4]), 4).values,
  })),
  differentiated('topK with k and batch known at run time', ['topK'], ({ floats, dimension }) => {
    const { values, indices } = topK(floats('x', [3, 5], { as: ['batch', 5] }), dimension('k', 2));
    return { values, indices };
  }),
  opCase('topK takes the first of equals', ['topK'], ({ floats, numbers }) => {
    const { values, indices } = topK(floats('x', [2, 3], { values: ties }), 2);
    return { values, indices, integers: topK(numbers('n', [1, 5, 5, 0]), 3).indices };
  }),
  opCase(
    'kthLargest for the largest, the smallest and ties',
    ['kthLargest'],
    ({ floats, numbers }) => {
      const x = floats('x', [7], { values: [3, -1, 3, 2, -5, 0, 3] });
      const at = (k: number) => kthLargest(x, numbers(`k${k}`, [k], []));
      return {
        1: at(1),
        3: at(3),
        4: at(4),
        7: at(7),
        long: kthLargest(floats('z', [101]), numbers('k', [40], [])),
      };
    },
    { exact: true },
  ),
];
