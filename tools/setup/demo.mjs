import { runOpenly } from './command.mjs';
import { pare } from './engine.mjs';
import { prepare } from './prepare.mjs';
import { announce, runMain } from './step.mjs';

const config = 'examples/hoyer/lenet-300-100-mnist.yaml';

// `npm run demo`: DeepHoyer on LeNet-300-100 with real MNIST. Arguments go to `pare run`.
await runMain(async (args) => {
  await prepare();
  announce('demo', `pare run ${config}`);
  return runOpenly(process.execPath, [pare, 'run', config, '--force', ...args]);
});
