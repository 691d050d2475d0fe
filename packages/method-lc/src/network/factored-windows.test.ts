import { expect, test } from '@jest/globals';
import { NetworkBuilder, costReport } from '@pare/graph';
import fc from 'fast-check';
import { expectNear } from '../testing/expect-near.ts';
import { networkOutput } from '../testing/network-output.ts';
import { randomFactors } from '../testing/random-factors.ts';
import { kernelParameters, oneTask, seededState, withDelta } from '../testing/seeded-state.ts';
import { compressNetwork } from './compress-network.ts';

const small = (min: number, max: number) => fc.integer({ min, max });
const pairOf = (min: number, max: number) => fc.tuple(small(min, max), small(min, max));

const windows = fc.record({
  kernel: pairOf(1, 4),
  strides: pairOf(1, 3),
  dilations: pairOf(1, 2),
  padding: fc.oneof(
    fc.constantFrom<'same' | 'valid'>('same', 'valid'),
    small(0, 2),
    fc.tuple(small(0, 2), small(0, 2), small(0, 2), small(0, 2)),
  ),
});

test.each(['scheme-1', 'scheme-2'] as const)(
  'two layers of %s keep strides, dilations and padding of any kind',
  (scheme) => {
    fc.assert(
      fc.property(windows, fc.boolean(), (window, bias) => {
        const builder = new NetworkBuilder();
        const x = builder.input([9, 8, 3]);
        const y = builder.conv2d('conv', x, { ...window, filters: 7, bias });
        const state = seededState(builder.build('one', x, y));
        const [kernel] = kernelParameters(state.network);
        const tasks = [oneTask(kernel!, randomFactors(kernel!, 1, scheme))];
        const compressed = compressNetwork(state, tasks);
        expect(compressed.decisions[0]!.form).toBe('factored');
        expect(compressed.network.output.shape).toEqual(y.shape);
        expectNear(networkOutput(compressed), networkOutput(withDelta(state, tasks)), 1e-5);
        expect(costReport(compressed.network).layers.at(-1)!.layer).toBe('conv.1');
      }),
      { numRuns: 40 },
    );
  },
);
