import type { HostKernel } from '../kernel.ts';

/** SGD with momentum in one pass. */
export const momentumUpdate: HostKernel = (inputs, outputs, attributes) => {
  const [weight, buffer, gradient, rate] = inputs.map(({ data }) => data);
  const [newWeight, newBuffer] = outputs.map(({ data }) => data);
  const momentum = attributes.momentum as number;
  const step = rate![0]!;
  for (let i = 0; i < weight!.length; i++) {
    const next = momentum * buffer![i]! + gradient![i]!;
    newBuffer![i] = next;
    newWeight![i] =
      weight![i]! - step * (attributes.nesterov ? gradient![i]! + momentum * next : next);
  }
};

/** Adam in one pass. */
export const adamUpdate: HostKernel = (inputs, outputs, attributes) => {
  const [weight, first, second, gradient, alpha, epsilon] = inputs.map(({ data }) => data);
  const [newWeight, newFirst, newSecond] = outputs.map(({ data }) => data);
  const share1 = 1 - (attributes.beta1 as number);
  const share2 = 1 - (attributes.beta2 as number);
  for (let i = 0; i < weight!.length; i++) {
    const g = gradient![i]!;
    const m = first![i]! + share1 * (g - first![i]!);
    const v = second![i]! + share2 * (g * g - second![i]!);
    newFirst![i] = m;
    newSecond![i] = v;
    newWeight![i] = weight![i]! - (alpha![0]! * m) / (Math.sqrt(v) + epsilon![0]!);
  }
};
