import { GraphError } from '../errors/graph-error.ts';
import { normalizeGroups, normalizeInstances } from '../composites/group-norm.ts';
import { applySingle, expectRank, expectType } from '../ir/apply-op.ts';
import { multiplyDims, sizeOf } from '../ir/dim.ts';
import { formatShape, numericDim, sameShape } from '../ir/shape.ts';
import type { OpDefinition } from '../ir/op-definition.ts';
import type { Node, Value } from '../ir/value.ts';

/** Options of `instanceNorm`. */
export interface InstanceNormOptions {
  /** Added to the variance; default 1e-5. */
  readonly epsilon?: number;
}

/** Options of `groupNorm`. */
export interface GroupNormOptions extends InstanceNormOptions {
  /** Groups of neighbouring channels that are normalised together; must divide the channels. */
  readonly groups: number;
}

function checkInputs(op: string, [x, gamma, beta]: readonly Value[]): void {
  expectType(`${op}: image`, x!, 'float32');
  expectRank(`${op}: image (NHWC)`, x!, 4);
  const channels = [x!.shape[3]!];
  for (const [what, vector] of Object.entries({ gamma: gamma!, beta: beta! })) {
    if (sameShape(vector.shape, channels)) continue;
    throw new GraphError(
      'SHAPE_MISMATCH',
      `${op}: ${what} must have shape ${formatShape(channels)}; received ${formatShape(vector.shape)}.`,
    );
  }
}

const cost = (node: Node) => ({
  macs: 0,
  flops: multiplyDims(sizeOf(node.inputs[0]!.shape), 8),
});

/**
 * Group norm of a network. It stays one op until a program is built, so that its shapes follow those of its input when
 * weights of other sizes are put in.
 */
export const groupNormOp: OpDefinition = {
  name: 'groupNorm',
  infer: (inputs, attributes) => {
    checkInputs('groupNorm', inputs);
    const [x] = inputs;
    const groups = attributes.groups as number;
    const channels = numericDim('groupNorm: channels', x!.shape[3]);
    if (!Number.isInteger(groups) || groups < 1 || channels % groups !== 0) {
      throw new GraphError(
        'BAD_GROUPS',
        `groupNorm: groups must divide the ${channels} channels; received ${groups}.`,
      );
    }
    return [{ shape: x!.shape, dtype: 'float32' }];
  },
  cost,
  instantiate: ({ node, inputs: [x, gamma, beta] }) => {
    const { groups, epsilon } = node.attributes as { groups: number; epsilon: number };
    return [normalizeGroups(x!, gamma!, beta!, { groups, epsilon })];
  },
};

/** Instance norm of a network; one op for the same reason. */
export const instanceNormOp: OpDefinition = {
  name: 'instanceNorm',
  infer: (inputs) => {
    checkInputs('instanceNorm', inputs);
    return [{ shape: inputs[0]!.shape, dtype: 'float32' }];
  },
  cost,
  instantiate: ({ node, inputs: [x, gamma, beta] }) => [
    normalizeInstances(x!, gamma!, beta!, { epsilon: node.attributes.epsilon as number }),
  ],
};

/** Group norm (Wu and He 2018) of images [batch, h, w, c]: each group of c / groups channels of an image on its own. */
export function groupNorm(
  x: Value,
  gamma: Value,
  beta: Value,
  { groups, epsilon = 1e-5 }: GroupNormOptions,
): Value {
  return applySingle(groupNormOp, [x, gamma, beta], { groups, epsilon });
}

/** Instance norm (Ulyanov et al. 2016) of images [batch, h, w, c]: each channel of an image on its own. */
export function instanceNorm(
  x: Value,
  gamma: Value,
  beta: Value,
  { epsilon = 1e-5 }: InstanceNormOptions = {},
): Value {
  return applySingle(instanceNormOp, [x, gamma, beta], { epsilon });
}
