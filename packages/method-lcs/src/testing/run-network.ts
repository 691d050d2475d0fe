import { instantiate, nameOf, program } from '@pare/graph';
import { createTensorFlowEngine } from '@pare/engine-tensorflow';
import { fillImages } from './name-fill.ts';
import type { CompressedState } from '@pare/core';

/** Logits [2, 10] of the two images, in evaluation mode. */
export async function logitsOf({ network, weights }: CompressedState): Promise<number[]> {
  const { output } = instantiate(network, { mode: 'eval' });
  const forward = program({ outputs: { logits: output } });
  await using engine = disposable(await createTensorFlowEngine());
  const session = await engine.open({ forward });
  await session.write(
    new Map([...forward.variables.keys()].map((name) => [name, weights.get(name)!])),
  );
  const x = { dtype: 'float32', shape: [2, 32, 32, 3], data: fillImages() } as const;
  const { logits } = await session.run('forward', { [nameOf(network.input)]: x });
  await session.dispose();
  return [...logits!.data];
}

function disposable<T extends { dispose(): Promise<void> }>(value: T): T & AsyncDisposable {
  return Object.assign(value, { [Symbol.asyncDispose]: () => value.dispose() });
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
