import type { Value } from '@pare/graph';

/** Ops whose result may be the memory of an operand. */
const handingOn = new Set([
  'reshape',
  'flatten',
  'transpose',
  'slice',
  'pad',
  'concat',
  'broadcastTo',
  'cast',
  'stopGradient',
  'replaceGradient',
]);

/**
 * Whether a value may be the very memory that a program is fed. A variable must never keep it: it belongs to JavaScript, and the
 * binding would give it back in a thread of TensorFlow when the variable gets its next value, while V8 takes no calls from other
 * threads than its own.
 */
export function isFedMemory({ node: { op, inputs } }: Value): boolean {
  return op.name === 'input' || (handingOn.has(op.name) && inputs.some(isFedMemory));
}
