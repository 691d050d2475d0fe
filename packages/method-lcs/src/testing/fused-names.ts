import { quantizedLayers } from '../quantized/quantized-layers.ts';
import type { Network } from '@pare/graph';

/** Names of the authors' fused layers, for the fill: the norm behind a quantized convolution `c` is `c.bn` there. */
export function fusedNames(network: Network): (name: string) => string {
  const fused = new Map(
    quantizedLayers(network).map(({ weight, norm }) => [norm, `${weight.layer}.bn`]),
  );
  return (name) => {
    const dot = name.lastIndexOf('.');
    const layer = fused.get(name.slice(0, dot));
    return layer === undefined ? name : `${layer}${name.slice(dot)}`;
  };
}
