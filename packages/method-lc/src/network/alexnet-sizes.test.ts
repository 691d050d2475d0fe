import { expect, test } from '@jest/globals';
import { costReport } from '@pare/graph';
import { createAlexnetBn } from '@pare/models';
import { factorShape } from '../testing/random-factors.ts';
import { buildModel, kernelParameters } from '../testing/seeded-state.ts';
import { planKernels, rewriteKernels } from './rewrite-kernels.ts';

// Sizes of the networks that the authors published, from their ranks: no weights are needed.
const network = buildModel(createAlexnetBn({}), 227, 3, 1000);

test.each([
  ['scheme-1', [33, 53, 133, 134, 156, 1764, 1748, 703], 436.75, 43_021_227],
  ['scheme-1', [27, 33, 82, 71, 87, 760, 586, 344], 257.33, 17_616_401],
  ['scheme-1', [26, 34, 79, 66, 82, 688, 507, 318], 248.35, 15_834_646],
  ['scheme-1', [25, 31, 76, 62, 76, 602, 429, 290], 231.45, 13_854_027],
  ['scheme-2', [11, 46, 148, 172, 199, 1790, 1733, 694], 321.19, 42_747_011],
  ['scheme-2', [9, 34, 103, 116, 143, 1075, 937, 449], 226.47, 25_113_337],
  ['scheme-2', [8, 30, 85, 90, 114, 770, 582, 341], 184.71, 17_436_376],
  ['scheme-2', [8, 28, 76, 79, 99, 606, 428, 288], 166.36, 13_646_608],
  ['scheme-2', [7, 28, 69, 71, 88, 506, 349, 255], 151.53, 11_445_991],
] as const)('AlexNet, %s, ranks %j', (scheme, ranks, macs, parameters) => {
  const kernels = kernelParameters(network).map((parameter, i) => ({
    task: parameter.layer,
    parameter,
    theta: factorShape(parameter, ranks[i]!, scheme),
  }));
  const plans = planKernels(network, kernels);
  expect(plans.map(({ decision }) => decision.form)).toEqual(ranks.map(() => 'factored'));
  const cost = costReport(rewriteKernels(network, plans).network);
  expect(cost.parameters).toBe(parameters);
  expect((cost.macs / 1e6).toFixed(2)).toBe(macs.toFixed(2));
});
