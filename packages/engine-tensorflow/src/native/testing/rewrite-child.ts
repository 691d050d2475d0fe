// Gives many variables new values again and again: each time TensorFlow lets go of the old ones in threads of its own.
import { concat, input, max, min, program, variable } from '@pare/graph';

import { createTensorFlowEngine } from '../../create-tensorflow-engine.ts';

process.env.TF_NUM_INTEROP_THREADS = '8';
const engine = await createTensorFlowEngine();
const variables = Array.from({ length: 150 }, (_, i) => variable(`v${i}`, [60]));
const x = input('x', [60]);
const session = await engine.open({
  read: program({ outputs: { most: max(concat(variables)), least: min(concat(variables)) } }),
  set: program({
    outputs: {},
    updates: variables.map((each) => ({ variable: each, value: x })),
  }),
});
const block = (value: number) =>
  ({ dtype: 'float32', shape: [60], data: new Float32Array(60).fill(value) }) as const;
for (let round = 0; round < 1000; round++) {
  await session.write(new Map(variables.map((_, i) => [`v${i}`, block(round)])));
  if (round % 2 === 1) await session.run('set', { x: block(round) });
}
const { least, most } = await session.run('read', {});
await session.dispose();
process.stdout.write(`${least!.data[0]} ${most!.data[0]}\n`);
