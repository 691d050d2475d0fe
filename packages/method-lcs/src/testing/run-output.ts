import { instantiate, nameOf, program } from '@pare/graph';
import { fillImages } from './name-fill.ts';
import type { CompressedState, Engine, HostTensor } from '@pare/core';
import type { Value } from '@pare/graph';

/** Numbers of an output for the two images [32, 32, 3]; default: the logits in evaluation mode. */
export async function runOutput(
  engine: Engine,
  { network, weights }: CompressedState,
  output: Value = instantiate(network, { mode: 'eval' }).output,
): Promise<number[]> {
  const forward = program({ outputs: { output }, inputs: [network.input] });
  const session = await engine.open({ forward });
  const names = [...forward.variables.keys()];
  await session.write(new Map(names.map((name) => [name, weights.get(name)!])));
  const x: HostTensor = { dtype: 'float32', shape: [2, 32, 32, 3], data: fillImages() };
  const results = await session.run('forward', { [nameOf(network.input)]: x });
  await session.dispose();
  return [...results.output!.data];
}
