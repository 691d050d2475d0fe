import { createTensorFlowEngine } from '@pare/engine-tensorflow';
import { runOutput } from './run-output.ts';
import type { CompressedState } from '@pare/core';

/** Logits [2, 10] of the two images, in evaluation mode, on an engine of their own. */
export async function logitsOf(state: CompressedState): Promise<number[]> {
  const engine = await createTensorFlowEngine();
  try {
    return await runOutput(engine, state);
  } finally {
    await engine.dispose();
  }
}

/** Mean cross-entropy of logits [2, 10] with the labels 3 and 7. */
export function lossOf(logits: readonly number[]): number {
  const rows = [logits.slice(0, 10), logits.slice(10)];
  const losses = rows.map((row, i) => {
    const most = Math.max(...row);
    const sum = row.reduce((a, z) => a + Math.exp(z - most), 0);
    return most + Math.log(sum) - row[[3, 7][i]!]!;
  });
  return (losses[0]! + losses[1]!) / 2;
}
