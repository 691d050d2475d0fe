// Disposes of a session while a run is under way; nothing else keeps this process alive.
import { input, program, sum } from '@pare/graph';

import { createTensorFlowEngine } from '../../create-tensorflow-engine.ts';

const engine = await createTensorFlowEngine();
const size = 1 << 20;
const p = program({ outputs: { total: sum(input('x', [size])) } });
const session = await engine.open({ p });
const x = { dtype: 'float32', shape: [size], data: new Float32Array(size).fill(1) } as const;
const answer = session.run('p', { x });
await session.dispose();
process.stdout.write(`disposed after ${(await answer).total!.data[0]}\n`);
