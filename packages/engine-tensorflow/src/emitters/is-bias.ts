import type { Node } from '@pare/graph';

/** Whether a node adds a vector to the last axis: that has kernels of its own, which TensorFlow also fuses into convolutions. */
export function isBias({ op, inputs: [a, b] }: Node): boolean {
  return (
    op.name === 'add' &&
    a!.dtype === 'float32' &&
    a!.shape.length >= 2 &&
    b!.shape.length === 1 &&
    a!.shape.at(-1) === b!.shape[0]
  );
}
