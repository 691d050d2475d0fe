import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { prepare } from '../setup/prepare.mjs';
import { announce, runMain } from '../setup/step.mjs';
import { heading } from './heading.mjs';
import { benchLoader } from './loader.mjs';
import { measure } from './measure.mjs';
import { parseOptions, usage } from './options.mjs';
import { formatTable } from './table.mjs';
import { findTorchPython, installTorch } from './torch-python.mjs';

// `npm run bench`: training in Pare and in PyTorch side by side. Arguments: options.mjs.
await runMain(async (args) => {
  if (args[0] === 'loader') {
    await benchLoader(args.slice(1));
    return 0;
  }
  const options = parseOptions(args);
  if (options.help) console.log(usage);
  else if (options.installTorch) await installTorch(options.torchIndex);
  else await bench(options);
  return 0;
});

async function bench(options) {
  const python = findTorchPython();
  if (options.prepare) await prepare();
  warnIfBusy();
  const folder = mkdtempSync(join(tmpdir(), 'pare-bench-'));
  const results = [];
  try {
    for (const subject of options.subjects) {
      results.push(await measure(subject, options, { python, folder }));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`\n${heading(options, results[0].runs)}\n\n${formatTable(results)}`);
  if (options.benchmark === 'epoch') console.log(`\n${results.map(accuracyLine).join('\n')}`);
  if (options.json) writeJson(resolve(options.json), options, results);
}

/** Other work on the machine disturbs the figures, and rarely both sides alike. */
function warnIfBusy() {
  const [load] = loadavg();
  if (load <= availableParallelism() / 2) return;
  const text = `the load is ${load.toFixed(1)} on ${availableParallelism()} cores: times will be noisy, above all with several threads`;
  announce('busy', text);
}

function accuracyLine({ network, torch, runs }) {
  const percent = ([{ accuracy }]) => `${(100 * accuracy).toFixed(2)} %`;
  const theirs = percent(runs.torch[torch.layout]);
  return `${network}: test accuracy ${percent(runs.pare)} in Pare, ${theirs} in PyTorch`;
}

function writeJson(path, options, results) {
  const machine = {
    cpu: cpus()[0]?.model,
    cores: availableParallelism(),
    platform: `${process.platform} ${process.arch}`,
  };
  writeFileSync(path, `${JSON.stringify({ options, machine, results }, null, 2)}\n`);
  announce('json', path);
}
