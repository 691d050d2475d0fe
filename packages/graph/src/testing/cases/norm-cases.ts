import { normalizeGroups, normalizeInstances } from '../../composites/group-norm.ts';
import { applyOp } from '../../ir/apply-op.ts';
import { instantiate } from '../../network/instantiate.ts';
import { NetworkBuilder } from '../../network/network-builder.ts';
import { dropout } from '../../ops/dropout.ts';
import { batchNormInferenceOp, batchNormTrainingOp } from '../../ops/batch-norm.ts';
import { differentiated, opCase } from '../define-case.ts';
import type { Mode } from '../../ir/op-definition.ts';
import type { Given } from '../given.ts';
import type { OpCase } from '../op-case.ts';

const positive = { from: 0.5, to: 2 };

function vectors({ weights }: Given, channels: number) {
  return [
    weights('gamma', [channels], positive),
    weights('beta', [channels]),
    weights('mean', [channels], { fixed: true }),
    weights('variance', [channels], { ...positive, fixed: true }),
  ] as const;
}

/** A network with all ops that `instantiate` replaces, for one mode. */
function modeCase(mode: Mode): OpCase {
  return opCase(
    `batchNorm, groupNorm, instanceNorm and dropout, ${mode}`,
    ['batchNorm', 'groupNorm', 'instanceNorm', 'dropout'],
    ({ floats, weights, numbers }, update) => {
      const builder = new NetworkBuilder();
      const x = builder.input([2, 2, 3]);
      const normal = builder.groupNorm('group', builder.batchNorm('norm', x), { groups: 3 });
      const instances = builder.instanceNorm('instance', normal, { epsilon: 0.1 });
      const network = builder.build('modes', x, dropout(dropout(instances, 0.4), 0.2));
      const input = floats('x', [3, 2, 2, 3], { as: ['batch', 2, 2, 3] });
      const range = { from: 0.5, to: 2 };
      const replaced = new Map(
        network.parameters.map(({ name, shape }) => [name, weights(name, shape, range)]),
      );
      const seed = mode === 'train' ? numbers('seed', [7, -3]) : undefined;
      const instance = instantiate(network, { mode, input, seed, weights: replaced });
      for (const { variable, value } of instance.updates) {
        update(replaced.get(variable.node.attributes.name as string)!, value);
      }
      return instance.output;
    },
  );
}

/** Normalisation, and the ops that depend on the mode. */
export const normCases: readonly OpCase[] = [
  ...[
    ['batch of 4', [4, 2, 3, 2], 0.1],
    ['batch of 1', [1, 2, 2, 3], 1],
    ['one pixel', [5, 1, 1, 2], 0.25],
  ].map(([title, image, momentum]) =>
    differentiated(
      `batchNormTraining, ${title as string}`,
      ['batchNormTraining', 'batchNormGradient'],
      (given) => {
        const x = given.floats('x', image as number[], { from: -1, to: 3 });
        return applyOp(batchNormTrainingOp, [x, ...vectors(given, x.shape[3] as number)], {
          momentum: momentum as number,
          epsilon: 1e-3,
        }).outputs[0]!;
      },
      { tolerance: 1e-4 },
    ),
  ),
  opCase(
    'batchNormTraining updates the running statistics',
    ['batchNormTraining'],
    (given, update) => {
      const x = given.floats('x', [3, 2, 2, 2], { as: ['batch', 2, 2, 2], from: -1, to: 3 });
      const [gamma, beta, mean, variance] = vectors(given, 2);
      const inputs = [x, gamma, beta, mean, variance];
      const { outputs } = applyOp(batchNormTrainingOp, inputs, { momentum: 0.1, epsilon: 1e-5 });
      update(mean, outputs[1]!);
      update(variance, outputs[2]!);
      return {
        y: outputs[0]!,
        mean,
        variance,
        'new mean': outputs[1]!,
        'new variance': outputs[2]!,
      };
    },
  ),
  opCase('batchNormTraining of one number a channel', ['batchNormTraining'], (given) => {
    const x = given.floats('x', [1, 1, 1, 2]);
    const node = applyOp(batchNormTrainingOp, [x, ...vectors(given, 2)], {
      momentum: 0.1,
      epsilon: 1e-5,
    });
    return { y: node.outputs[0]!, mean: node.outputs[1]!, variance: node.outputs[2]! };
  }),
  differentiated(
    'batchNormInference',
    ['batchNormInference'],
    ({ floats, weights }) =>
      applyOp(
        batchNormInferenceOp,
        [
          floats('x', [2, 2, 3, 2], { as: ['batch', 2, 3, 2] }),
          weights('gamma', [2]),
          weights('beta', [2]),
          weights('mean', [2]),
          weights('variance', [2], positive),
        ],
        { epsilon: 1e-5 },
      ).outputs[0]!,
  ),
  modeCase('train'),
  modeCase('eval'),
  ...[1, 2, 4].map((groups) =>
    differentiated(
      `groupNorm, ${groups} group(s)`,
      ['reshape', 'rsqrt'],
      (given) => {
        const x = given.floats('x', [2, 2, 3, 4], { as: ['batch', 2, 3, 4] });
        const [gamma, beta] = vectors(given, 4);
        return normalizeGroups(x, gamma, beta, { groups, epsilon: 1e-3 });
      },
      { tolerance: 1e-4 },
    ),
  ),
  differentiated(
    'instanceNorm',
    ['rsqrt'],
    (given) => {
      const [gamma, beta] = vectors(given, 2);
      return normalizeInstances(given.floats('x', [2, 3, 2, 2]), gamma, beta, { epsilon: 1e-3 });
    },
    { tolerance: 1e-4 },
  ),
];
