import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { runOpenly, runQuietly } from '../setup/command.mjs';
import { StepError, announce } from '../setup/step.mjs';

const packages = ['torch==2.13.0', 'numpy'];
const folder = join(import.meta.dirname, '.venv');
const own =
  process.platform === 'win32'
    ? join(folder, 'Scripts', 'python.exe')
    : join(folder, 'bin', 'python');

/** The Python with PyTorch: PARE_BENCH_PYTHON, else that of tools/bench/.venv. Throws StepError where there is none. */
export function findTorchPython() {
  const chosen = process.env.PARE_BENCH_PYTHON;
  if (chosen) return chosen;
  if (existsSync(own)) return own;
  throw new StepError(
    `bench: needs a Python with PyTorch and numpy; there is none in ${folder}.\n` +
      'Run `npm run bench -- --install-torch`, or set PARE_BENCH_PYTHON to a Python that has both.',
  );
}

/** Makes tools/bench/.venv and installs PyTorch there with pip, from `index` where one is given. */
export async function installTorch(index) {
  announce('torch', `installs ${packages.join(' and ')} in ${folder}`);
  announce(
    'torch',
    'CPU build: about 200 MB to download and 1 GB on disk; on Linux most package indexes give the CUDA build, ' +
      'about 3 GB and 7 GB (choose the CPU one with --torch-index)',
  );
  const base = await findBasePython();
  await openly(base, ['-m', 'venv', folder]);
  const from = index === undefined ? [] : ['--index-url', index];
  await openly(own, ['-m', 'pip', 'install', ...from, ...packages]);
  announce('torch', `ready; delete ${folder} to remove it`);
}

async function findBasePython() {
  for (const name of ['python3', 'python']) {
    const { code, output } = await runQuietly(name, ['--version']);
    const [, minor] = /^Python 3\.(\d+)/.exec(output) ?? [];
    if (code === 0 && Number(minor) >= 10) return name;
  }
  throw new StepError('bench: needs Python 3.10 or newer on the PATH.');
}

async function openly(file, args) {
  const code = await runOpenly(file, args);
  if (code !== 0) {
    throw new StepError(`bench: \`${[file, ...args].join(' ')}\` failed with exit code ${code}.`);
  }
}
