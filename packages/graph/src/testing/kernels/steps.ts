import { philoxUniform } from '../philox.ts';
import { elementCount, tabulate } from '../reference-tensor.ts';
import type { Kernel, Kernels } from '../kernel.ts';

const randomUniform: Kernel = ({ inputs: [seed], outputs: [y] }) => {
  const data = philoxUniform([seed!.data[0]!, seed!.data[1]!], elementCount(y!.shape));
  return [{ dtype: 'float32', shape: y!.shape, data }];
};

const momentumUpdate: Kernel = ({ inputs: [w, buffer, g, rate], attributes }) => {
  const momentum = attributes.momentum as number;
  const next = tabulate('float32', w!.shape, (_, i) => momentum * buffer!.data[i]! + g!.data[i]!);
  const step = (i: number) =>
    attributes.nesterov ? g!.data[i]! + momentum * next.data[i]! : next.data[i]!;
  return [tabulate('float32', w!.shape, (_, i) => w!.data[i]! - rate!.data[0]! * step(i)), next];
};

const adamUpdate: Kernel = ({ inputs: [w, first, second, g, alpha, epsilon], attributes }) => {
  const { beta1, beta2 } = attributes as { beta1: number; beta2: number };
  const m = tabulate(
    'float32',
    w!.shape,
    (_, i) => beta1 * first!.data[i]! + (1 - beta1) * g!.data[i]!,
  );
  const v = tabulate(
    'float32',
    w!.shape,
    (_, i) => beta2 * second!.data[i]! + (1 - beta2) * g!.data[i]! ** 2,
  );
  const step = (i: number) =>
    (alpha!.data[0]! * m.data[i]!) / (Math.sqrt(v.data[i]!) + epsilon!.data[0]!);
  return [tabulate('float32', w!.shape, (_, i) => w!.data[i]! - step(i)), m, v];
};

/** Random numbers and optimizer updates. */
export const stepKernels: Kernels = { randomUniform, momentumUpdate, adamUpdate };
