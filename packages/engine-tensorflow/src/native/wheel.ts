import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { PareError } from '@pare/core';

import { fileDigest } from './file-digest.ts';
import type { InstallContext } from './install-context.ts';
import type { PinnedWheel } from './pinned-wheel.ts';
import { pipVersion, runPython } from './python.ts';
import { lastLines } from './run-command.ts';

/**
 * Path of the verified wheel file, downloaded by pip unless an earlier download is still there.
 * Throws CHECKSUM_MISMATCH (and keeps nothing) when the file is not the pinned one.
 */
export async function fetchWheel(context: InstallContext, wheel: PinnedWheel): Promise<string> {
  const downloads = join(context.cacheDirectory, 'downloads');
  const path = join(downloads, wheel.file);
  if (existsSync(path)) {
    context.report({ type: 'step', message: `Checking the earlier download ${path}` });
    if ((await fileDigest(path, 'sha256')) === wheel.sha256) return path;
    await rm(path);
  }
  await pipVersion(context);
  // The lock is held: whatever is below this name was left by a killed install.
  const incoming = join(downloads, '.partial-incoming');
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true });
  try {
    await download(context, wheel, incoming);
    const file = await verify(wheel, incoming);
    await rename(file, path);
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
  return path;
}

/** Removes a wheel file after use, unless PARE_KEEP_DOWNLOADS=1. */
export async function discardWheel(
  context: InstallContext,
  wheel: PinnedWheel,
  path: string,
): Promise<void> {
  const { bytes } = wheel;
  if (context.env.PARE_KEEP_DOWNLOADS === '1') {
    const message = `Keeping the download ${path} (PARE_KEEP_DOWNLOADS=1)`;
    context.report({ type: 'step', message, bytes });
    return;
  }
  const message = 'Deleting the downloaded wheel; PARE_KEEP_DOWNLOADS=1 keeps it';
  context.report({ type: 'step', message, bytes });
  await rm(path, { force: true });
}

async function download(
  context: InstallContext,
  wheel: PinnedWheel,
  directory: string,
): Promise<void> {
  const { bytes } = wheel;
  const requirement = `${wheel.package}==${wheel.version}`;
  const message = `Fetching ${requirement} with pip`;
  context.report({ type: 'step', message, bytes });
  const result = await runPython(context, [
    ...['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:'],
    ...['--python-version', wheel.pythonVersion, '--implementation', 'cp'],
    ...['--abi', `cp${wheel.pythonVersion.replace('.', '')}`],
    ...['--platform', wheel.platformTag, '--no-input', '--disable-pip-version-check'],
    ...['--no-cache-dir', '--progress-bar', 'off', '--dest', directory, requirement],
  ]);
  if (result.code !== 0) {
    throw new PareError(
      'DOWNLOAD_FAILED',
      `pip could not fetch ${requirement}: ${lastLines(result, 4)}\n` +
        `Check the network and pip's index settings (pip config list), or put the file ${wheel.file} ` +
        'in a folder and name that folder in PIP_FIND_LINKS.',
    );
  }
}

async function verify(wheel: PinnedWheel, directory: string): Promise<string> {
  const names = await readdir(directory);
  const name = names.find((entry) => entry.endsWith('.whl'));
  if (name === undefined) {
    throw new PareError(
      'DOWNLOAD_FAILED',
      `pip said that it fetched ${wheel.file}, but it left ${names.join(', ') || 'nothing'}.`,
    );
  }
  const file = join(directory, name);
  const digest = await fileDigest(file, 'sha256');
  if (digest !== wheel.sha256) {
    throw new PareError(
      'CHECKSUM_MISMATCH',
      `The file ${name} that pip fetched is not the pinned one: expected sha256 ${wheel.sha256}, ` +
        `received ${digest}. It was deleted. Check pip's index settings (pip config list): ` +
        'a mirror may serve another or a damaged file.',
    );
  }
  return file;
}
