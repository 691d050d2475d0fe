import { conv2d, geometryOf, matMul } from '@pare/graph';
import { factorParameters } from './factor-parameters.ts';
import type { Attributes, Node, Parameter, Value, WindowOptions } from '@pare/graph';
import type { FactoredWeights } from '../compressions/compressed-weights.ts';
import type { FactorLayer } from '../compressions/low-rank/factor-layers.ts';
import type { BroughtParameter } from './kernel-plan.ts';

/** Two layers that compute what the op that reads a kernel does with the product; the second one's bias is not theirs. */
export function factoredLayer(
  { attributes }: Node,
  kernel: Parameter,
  theta: FactoredWeights,
  [first, second]: readonly [string, string],
): {
  brought: readonly BroughtParameter[];
  apply: (x: Value, variables: readonly Value[]) => Value;
} {
  const { parameters, slides } = factorParameters(kernel, theta, [
    { name: `${first}.weight`, layer: first },
    { name: `${second}.weight`, layer: second },
  ]);
  const apply = (x: Value, variables: readonly Value[]) =>
    variables.reduce(
      (y, weight, i) =>
        kernel.layout === 'io'
          ? matMul(y, weight)
          : conv2d(y, weight, windowOf(attributes, slides[i]!)),
      x,
    );
  return { brought: parameters, apply };
}

/** The window of a factor: along an axis it slides as the layer does, or not at all. */
function windowOf(attributes: Attributes, [v, h]: FactorLayer['slides']): WindowOptions {
  const { strides, pads, dilations } = geometryOf(attributes);
  return {
    strides: [v ? strides[0] : 1, h ? strides[1] : 1],
    padding: [v ? pads[0] : 0, v ? pads[1] : 0, h ? pads[2] : 0, h ? pads[3] : 0],
    dilations: [v ? dilations[0] : 1, h ? dilations[1] : 1],
  };
}
