import type { Network, Parameter } from '@pare/graph';

/**
 * Names of the two layers that a kernel's layer becomes: `<layer>.0` and `<layer>.1`, as PyTorch names the parts of a
 * sequence; `<layer>.factors.0` and so on where the network has such layers already.
 */
export function freeLayers(network: Network): (kernel: Parameter) => readonly [string, string] {
  const taken = new Set(network.parameters.flatMap(({ name, layer }) => [name, layer]));
  return ({ name, layer }) => {
    // A layer of several kernels has one that is named otherwise.
    const base = name === `${layer}.weight` ? layer : name;
    for (let attempt = 0; ; attempt++) {
      const prefix = attempt === 0 ? base : `${base}.factors${attempt > 1 ? attempt : ''}`;
      const names = [`${prefix}.0`, `${prefix}.1`] as const;
      if (names.some((one) => taken.has(one))) continue;
      names.forEach((one) => taken.add(one));
      return names;
    }
  };
}
