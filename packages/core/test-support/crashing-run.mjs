// A run in a process of its own that kills itself: node crashing-run.mjs <folder> <file operation to die at, 0: never> <step to die at, 0: never>
import { open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { resumeExperiment } from '../src/run/resume-experiment.ts';
import { runExperiment } from '../src/run/run-experiment.ts';
import { smallExperiment } from '../src/testing/small-experiment.ts';

const [folder, operation, step] = [
  process.argv[2],
  Number(process.argv[3]),
  Number(process.argv[4]),
];
const die = () => process.kill(process.pid, 'SIGKILL');

let operations = 0;
const counted =
  (call) =>
  async (...args) => {
    if (++operations === operation) die();
    return call(...args);
  };
const files = {
  rename: counted(rename),
  rm,
  open: counted(async (path, flags) => {
    const file = await open(path, flags);
    return {
      // Half of the data first: a kill in between leaves a file that is cut off.
      writeFile: counted(async (data) => {
        const half = Math.floor(data.length / 2);
        await file.writeFile(data.slice(0, half));
        if (++operations === operation) die();
        await file.writeFile(data.slice(half));
      }),
      sync: counted(() => file.sync()),
      close: () => file.close(),
    };
  }),
};

let steps = 0;
const parts = smallExperiment({ onStep: () => ++steps === step && die() });
const started = await stat(join(folder, 'checkpoints', 'latest.json')).catch(() => undefined);
const events = started
  ? resumeExperiment(folder, { ...parts, files })
  : runExperiment({ ...parts, folder, files, force: true });
let last;
for await (const event of events) last = event;
process.stdout.write(last.type);
