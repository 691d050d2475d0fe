#!/usr/bin/env node
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { findClone } from './clone-packages.mjs';
import { createPackage } from './create-package.mjs';
import { InputError, pluginNames } from './plugin-names.mjs';

const usage = `Usage: create-pare-plugin <folder> [--name my-method] [--package pare-method-my-method]

Starts a package with a compression method of your own.
  --name     name of the method in configurations (default: from the folder)
  --package  name of the package (default: pare-method-<name>)`;

const options = {
  name: { type: 'string' },
  package: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
};

function readArguments() {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    throw new InputError(`${error.message}\n\n${usage}`);
  }
}

/** What comes before everything else: Pare's packages are linked from the clone, and have to be built. */
const buildClone = (clone) =>
  `  npm --prefix "${clone}" run setup  # once: builds what is linked\n`;

async function main() {
  const { values, positionals } = readArguments();
  if (values.help) return console.log(usage);
  if (positionals.length !== 1) {
    throw new InputError(`Expected one folder; received ${positionals.length}.\n\n${usage}`);
  }
  const [folder] = positionals;
  const name = values.name ?? basename(resolve(folder)).replace(/^pare-method-/, '');
  const names = pluginNames(name, values.package);
  const clone = await findClone();
  const files = await createPackage(resolve(folder), names, clone);
  console.log(`${names.package} in ${folder}: ${files.join(', ')}

Next:
${clone === undefined ? '' : buildClone(clone)}  cd "${folder}"
  npm install
  npm test               # builds it and runs the suite that every plugin passes
  npx pare run example.yaml`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
