import type { Value } from '../ir/value.ts';

/**
 * Height, width and channels of the image [batch, h, w, c] that x [batch, features] is the flattened form of, or undefined.
 * Elementwise ops between leave each pixel in its place: those of one operand, and those with numbers beside it.
 */
export function flattenedImage(x: Value): [number, number, number] | undefined {
  const { op, inputs } = x.node;
  if (op.name === 'flatten') return imageOf(inputs[0]!);
  const [operand, ...others] = inputs.filter(({ shape }) => shape.length > 0);
  if (!op.elementwise || !operand || others.length > 0) return undefined;
  return flattenedImage(operand);
}

const imageOf = ({ shape }: Value): [number, number, number] | undefined =>
  shape.length === 4 ? (shape.slice(1) as [number, number, number]) : undefined;
