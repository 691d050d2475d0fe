import { prepare } from './prepare.mjs';
import { runMain } from './step.mjs';

// `npm run setup`: everything that `npm run demo` and `npm test` do before their own work.
await runMain(async () => {
  await prepare();
  return 0;
});
