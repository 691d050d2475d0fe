import { fromTorchLayout } from '@pare/core';
import { uniformFanIn } from '@pare/graph';
import { factorLayers } from '../compressions/low-rank/factor-layers.ts';
import type { AddedParameter, Parameter } from '@pare/graph';
import type { FactoredWeights } from '../compressions/compressed-weights.ts';
import type { FactorLayer } from '../compressions/low-rank/factor-layers.ts';
import type { BroughtParameter } from './kernel-plan.ts';

/** Names of one of the two parameters. */
type Names = Pick<AddedParameter, 'name' | 'layer'>;

/** The parameters of the two layers that stand for a kernel, and how these move over images. */
export function factorParameters(
  kernel: Parameter,
  theta: FactoredWeights,
  names: readonly [Names, Names],
) {
  const { first, second } = factorLayers(theta);
  // Only the first layer reads what the layer did, a flattened image perhaps.
  const parameters = [
    broughtFor({ ...kernel, ...names[0] }, first),
    broughtFor({ ...kernel, ...names[1], flattened: undefined }, second),
  ] as const;
  return { parameters, slides: [first.slides, second.slides] as const };
}

function broughtFor(kernel: Parameter, { shape: torch, weights }: FactorLayer): BroughtParameter {
  const { name, layer, role, trainable, flattened } = kernel;
  const layout: Parameter['layout'] = kernel.layout === 'io' ? 'io' : 'hwio';
  const [out = 1, channels = 1, h = 1, w = 1] = torch;
  const shape = layout === 'io' ? [channels, out] : [h, w, channels, out];
  const initializer = uniformFanIn({ in: h * w * channels, out: h * w * out });
  const parameter = { name, layer, role, layout, trainable, flattened, shape, initializer };
  return { parameter, content: 'factor', values: () => fromTorchLayout(parameter, weights) };
}
