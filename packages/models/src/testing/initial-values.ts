import type { Initializer, Network } from '@pare/graph';

const text = (kind: string, value: number) => `${kind} ${Number(value.toPrecision(6))}`;

/** How values spread, in words and with 6 digits. */
export const spread = {
  normal: (deviation: number): string => text('normal', deviation),
  uniform: (bound: number): string => text('uniform', bound),
  constant: (value: number): string => text('constant', value),
  /** Plus or minus. */
  signed: (magnitude: number): string => text('signed', magnitude),
};

/** How each parameter of a network starts, by name, as `spread` says it. */
export function initialValues(network: Network): Record<string, string> {
  return Object.fromEntries(network.parameters.map((p) => [p.name, describe(p.initializer)]));
}

function describe(initializer: Initializer): string {
  switch (initializer.kind) {
    case 'normal':
      return spread.normal(initializer.deviation);
    case 'uniform':
      return spread.uniform(initializer.high);
    case 'constant':
      return spread.constant(initializer.value);
    case 'signed':
      return spread.signed(initializer.magnitude);
    default:
      return initializer.kind;
  }
}
