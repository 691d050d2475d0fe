import { describe, expect, test } from '@jest/globals';
import { cutParameters, instantiate, program } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { uniformFill } from '../testing/name-fill.ts';
import { bodies, build, filled } from '../testing/slimmable-networks.ts';
import { channelsAt, channelsOf } from './channel-counts.ts';
import { wholeStatistics } from './running-statistics.ts';
import { fixedCuts, runTimeCuts } from './width-cuts.ts';
import type { WidthCuts } from './width-cuts.ts';

// The norm "n2" reads maps of 20 and 36 channels, one after the other.
const { network, weights } = filled(build(bodies['joined maps']!, 'batchNorm'));
const variables = new Map(network.parameters.map(({ name, variable }) => [name, variable]));

/** Variances of the norms after a pass in training at a width. */
function statisticsAfter(width: number, { cuts, inputs, feeds }: WidthCuts) {
  const { updates } = instantiate(network, {
    mode: 'train',
    weights: cutParameters(network, channelsOf(network), cuts),
  });
  const whole = wholeStatistics(network, updates, cuts, new Map());
  const pass = program({
    outputs: {},
    updates: [...whole].map(([name, value]) => ({ variable: variables.get(name)!, value })),
    inputs,
  });
  const x = { shape: [2, 4, 4, 3], data: uniformFill(5, 96) };
  const after = evaluate(pass, { x, ...feeds(width) }, weights).variables;
  return ['n1.running_var', 'n2.running_var', 'n2.running_mean'].map((name) => [
    ...after.get(name)!.data,
  ]);
}

describe('running statistics after a pass at width 0.4', () => {
  const byName = (name: string) => [...weights.get(name)!.data];
  const [n1, n2] = statisticsAfter(0.4, fixedCuts(network, 0.4));

  test('are new for the first channels of each group, and as before for the others', () => {
    const before = byName('n2.running_var');
    const [first, second] = [20, 36].map((size) => channelsAt(size, 0.4));
    n2!.forEach((value, i) => {
      const isNew = i < 20 ? i < first! : i - 20 < second!;
      expect([i, value !== before[i]]).toEqual([i, isNew]);
    });
    expect(n1!.slice(8)).toEqual(byName('n1.running_var').slice(8));
    expect(n1!.slice(0, 8)).not.toEqual(byName('n1.running_var').slice(0, 8));
  });

  test('are the same where the width is chosen at run time', () => {
    const fixed = statisticsAfter(0.4, fixedCuts(network, 0.4));
    const chosen = statisticsAfter(0.4, runTimeCuts(network, 'pass'));
    fixed.forEach((values, i) =>
      values.forEach((value, j) => expect(chosen[i]![j]).toBeCloseTo(value, 10)),
    );
  });
});
