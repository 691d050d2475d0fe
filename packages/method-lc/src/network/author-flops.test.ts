import { expect, test } from '@jest/globals';
import { costReport } from '@pare/graph';
import { exampleNetworks } from '../testing/networks.ts';

// The authors count biases of dense layers twice among FLOPs and once among additions, and none of convolutions.
test.each([
  ['lenet-300-100', [533_220, 266_200, 266_610]],
  ['lenet-5', [4_587_020, 2_293_000, 2_293_510]],
  ['resnet-20', [81_102_100, 40_551_040, 40_551_050]],
] as const)(
  'FLOPs, multiplications and additions of %s are those of the authors',
  (name, expected) => {
    const network = exampleNetworks[name]();
    const { macs } = costReport(network);
    const dense = new Set(
      network.parameters.filter(({ layout }) => layout === 'io').map(({ layer }) => layer),
    );
    const biases = network.parameters
      .filter(({ role, layer }) => role === 'bias' && dense.has(layer))
      .reduce((sum, { shape }) => sum + shape[0]!, 0);
    expect([2 * macs + 2 * biases, macs, macs + biases]).toEqual(expected);
  },
);
