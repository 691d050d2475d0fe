// Gives many variables new values again and again: each time TensorFlow lets go of the old ones in threads of its own.
import { concat, input, max, min, program, variable } from '@pare/graph';

import { createTensorFlowEngine } from '../../create-tensorflow-engine.ts';
import type { HostTensor } from '@pare/core';

process.env.TF_NUM_INTEROP_THREADS = '8';
const engine = await createTensorFlowEngine();
const count = 200;
const variables = Array.from({ length: count }, (_, i) => variable(`v${i}`, [60]));
const session = await engine.open({
  read: program({ outputs: { least: min(concat(variables)), most: max(concat(variables)) } }),
  set: program({
    outputs: {},
    updates: variables.map((each, i) => ({ variable: each, value: input(`x${i}`, [60]) })),
  }),
});
const blocks = (name: string, value: number): [string, HostTensor][] =>
  variables.map((_, i) => [
    `${name}${i}`,
    { dtype: 'float32', shape: [60], data: new Float32Array(60).fill(value) },
  ]);
for (let round = 0; round < 1000; round++) {
  if (round % 10 < 5) await session.write(new Map(blocks('v', round)));
  else await session.run('set', Object.fromEntries(blocks('x', round)));
}
const { least, most } = await session.run('read', {});
await session.dispose();
process.stdout.write(`${least!.data[0]} ${most!.data[0]}\n`);
