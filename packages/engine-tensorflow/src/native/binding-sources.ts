import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { PareError } from '@pare/core';

import { fileDigest } from './file-digest.ts';
import type { InstallContext } from './install-context.ts';
import { lastLines, runCommand } from './run-command.ts';
import { findTfjsPackages, tfjsNodeVersion } from './tfjs-package.ts';

const packageSpec = `@tensorflow/tfjs-node@${tfjsNodeVersion}`;
const packageSha512 =
  'uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==';
const npmAdvice = 'npm comes with Node.js; check that both are on PATH.';

/**
 * Folder with the C++ files of the binding: of an installed tfjs-node, else of the npm package,
 * fetched into `scratch` and checked. Throws DOWNLOAD_FAILED or CHECKSUM_MISMATCH.
 */
export async function findBindingSources(
  context: InstallContext,
  scratch: string,
): Promise<string> {
  const installed = findTfjsPackages(context.projectDirectory)
    .map(({ directory }) => join(directory, 'binding'))
    .find((directory) => existsSync(join(directory, 'tfjs_binding.cc')));
  if (installed !== undefined) return installed;
  await mkdir(scratch, { recursive: true });
  const archive = await fetchPackage(context, scratch);
  await unpack(context, archive, scratch);
  return join(scratch, 'package', 'binding');
}

async function fetchPackage(context: InstallContext, directory: string): Promise<string> {
  const { env, signal } = context;
  context.report({
    type: 'step',
    message: `Fetching the sources of the binding, ${packageSpec}, with npm (0.2 MB)`,
    bytes: 228_166,
  });
  const args = ['pack', packageSpec, '--pack-destination', directory, '--silent'];
  const result = await runCommand('npm', args, { env, signal, cwd: directory, advice: npmAdvice });
  const name = (await readdir(directory)).find((entry) => entry.endsWith('.tgz'));
  if (result.code !== 0 || name === undefined) {
    throw new PareError(
      'DOWNLOAD_FAILED',
      `npm could not fetch ${packageSpec}: ${lastLines(result, 4)}\n` +
        'Check the network, or install @tensorflow/tfjs-node in your project (its install script is not needed).',
    );
  }
  const archive = join(directory, name);
  const digest = await fileDigest(archive, 'sha512', 'base64');
  if (digest !== packageSha512) {
    await rm(archive);
    throw new PareError(
      'CHECKSUM_MISMATCH',
      `The package ${packageSpec} that npm fetched is not the pinned one: expected sha512 ` +
        `${packageSha512}, received ${digest}. It was deleted. Check npm's registry setting.`,
    );
  }
  return archive;
}

async function unpack(context: InstallContext, archive: string, directory: string): Promise<void> {
  const { env, signal } = context;
  const advice = 'Install tar (Debian: apt install tar).';
  const args = ['-xzf', archive, '-C', directory, 'package/binding'];
  const result = await runCommand('tar', args, { env, signal, advice });
  if (result.code !== 0) {
    throw new PareError('UNPACK_FAILED', `tar could not unpack ${archive}: ${lastLines(result)}`);
  }
}
