import { addParameters, rewrite } from '@pare/graph';
import { endPointName } from '../line/end-points.ts';
import { plainNetwork } from '../line/plain-network.ts';
import { rangeNames } from './activation-range.ts';
import { quantize } from './quantize.ts';
import { quantizedLayers } from './quantized-layers.ts';
import { productOf } from './quantizing-rule.ts';
import type { Network } from '@pare/graph';
import type { Scale } from './quantize.ts';
import type { QuantizedLayer } from './quantized-layers.ts';

/** Names of the parameters of a layer's input quantizer: float32 scalars, see quantize.ts. */
export const scaleNames = (layer: string): Readonly<Record<keyof Scale, string>> => ({
  step: `${layer}.input_scale`,
  inverse: `${layer}.input_inverse_scale`,
  first: `${layer}.input_first_level`,
  last: `${layer}.input_last_level`,
});

const networks = new WeakMap<Network, Map<string, Network>>();

/**
 * The network without what LCS has added beside its graph, but with quantizers in front of the given layers; always the same object
 * for the same network and layers.
 */
export function withInputQuantizers(network: Network, layers: readonly QuantizedLayer[]): Network {
  const made = networks.get(network) ?? new Map<string, Network>();
  networks.set(network, made);
  const key = layers.map(({ weight }) => weight.layer).join('\n');
  const result = made.get(key) ?? insertQuantizers(withoutAdded(network), layers);
  made.set(key, result);
  return result;
}

function withoutAdded(network: Network): Network {
  const ends = network.parameters.map(({ name }) => endPointName(name));
  const ranges = quantizedLayers(network).flatMap(({ weight }) =>
    Object.values(rangeNames(weight.layer)),
  );
  const added = new Set([...ends, ...ranges]);
  return plainNetwork(network, (name) => added.has(name));
}

function insertQuantizers(plain: Network, layers: readonly QuantizedLayer[]): Network {
  const initializer = { kind: 'constant', value: 1 } as const;
  const numbers = layers.flatMap(({ weight: { layer } }) =>
    Object.values(scaleNames(layer)).map((name) => ({ name, layer, shape: [], initializer })),
  );
  const extended = addParameters(
    plain,
    numbers.map((parameter) => ({ ...parameter, role: 'state', trainable: false })),
  );
  const values = new Map(extended.parameters.map(({ name, variable }) => [name, variable]));
  const byNode = new Map(layers.map((layer) => [layer.product, layer]));
  const [output] = rewrite([plain.output], (node, [x, weight]) => {
    const layer = byNode.get(node);
    if (!layer) return undefined;
    const names = scaleNames(layer.weight.layer);
    const value = (key: keyof Scale) => values.get(names[key])!;
    const scale = {
      step: value('step'),
      inverse: value('inverse'),
      first: value('first'),
      last: value('last'),
    };
    return [productOf(node, quantize(x!, scale), weight!)];
  });
  return { ...extended, output: output! };
}
