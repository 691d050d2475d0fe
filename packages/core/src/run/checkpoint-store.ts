import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PareError } from '../errors/pare-error.ts';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import { writeAtomically, writeError } from './write-atomically.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { FileOperations } from './write-atomically.ts';

/** How many checkpoints stay on disk: the newest, and one to fall back to. */
const kept = 2;

const indexFile = 'latest.json';
const suffix = '.safetensors';

interface Entry {
  readonly file: string;
  /** Missing where the index was lost. */
  readonly sha256?: string;
}

/** The `checkpoints` folder of a run. A kill at any moment leaves the last checkpoint that `write` has finished. */
export class CheckpointStore {
  readonly #folder: string;
  readonly #files: FileOperations | undefined;
  #entries: readonly Entry[] = [];
  #next = 1;

  constructor(folder: string, files?: FileOperations) {
    this.#folder = folder;
    this.#files = files;
  }

  /** Writes a checkpoint and gives its path. Throws DISK_FULL, NO_WRITE_ACCESS or WRITE_FAILED; the ones before stay. */
  async write(checkpoint: Checkpoint): Promise<string> {
    const file = this.#fileName(checkpoint);
    const path = join(this.#folder, file);
    const chunks = encodeCheckpoint(checkpoint);
    const hash = createHash('sha256');
    for (const chunk of chunks) hash.update(chunk);
    await mkdir(this.#folder, { recursive: true }).catch((error: unknown) => {
      throw writeError(path, error);
    });
    await writeAtomically(path, chunks, this.#files);
    const entries = [{ file, sha256: hash.digest('hex') }, ...this.#entries].slice(0, kept);
    await writeAtomically(
      join(this.#folder, indexFile),
      [JSON.stringify({ checkpoints: entries }, undefined, 2)],
      this.#files,
    );
    this.#entries = entries;
    this.#next++;
    await this.#removeOthers();
    return path;
  }

  #fileName({ facts: { stage, training } }: Checkpoint): string {
    const number = String(this.#next).padStart(6, '0');
    const place = training ? `-epoch${training.epoch}-step${training.step}` : '';
    return `${number}-stage${stage}${place}${suffix}`;
  }

  /** Removes checkpoints that are no longer needed, and what interrupted writes have left. */
  async #removeOthers(): Promise<void> {
    const needed = new Set([indexFile, ...this.#entries.map(({ file }) => file)]);
    for (const name of await readdir(this.#folder)) {
      const ours = name.endsWith(suffix) || name.endsWith('.tmp');
      if (ours && !needed.has(name)) await rm(join(this.#folder, name), { force: true });
    }
  }

  /**
   * The newest checkpoint that can be read; `notices` says which ones could not. Throws CHECKPOINT_MISSING,
   * CHECKPOINT_DAMAGED or CHECKPOINT_VERSION.
   */
  async read(): Promise<{ readonly checkpoint: Checkpoint; readonly notices: readonly string[] }> {
    const notices: string[] = [];
    const entries = await this.#readIndex(notices);
    for (const [i, entry] of entries.entries()) {
      try {
        const checkpoint = await this.#readEntry(entry);
        this.#entries = entries.slice(i, i + kept);
        this.#next = Number.parseInt(entry.file, 10) + 1;
        if (i > 0) notices.push(`The run goes on from the checkpoint before it, ${entry.file}.`);
        return { checkpoint, notices };
      } catch (error) {
        if (error instanceof PareError && error.code === 'CHECKPOINT_VERSION') throw error;
        const reason = (error as Error).message.replace(/\.$/, '');
        notices.push(`The checkpoint ${entry.file} cannot be used: ${reason}.`);
      }
    }
    if (entries.length === 0) {
      throw new PareError(
        'CHECKPOINT_MISSING',
        `There is no checkpoint in ${this.#folder}. Start the run again with --force.`,
      );
    }
    throw new PareError(
      'CHECKPOINT_DAMAGED',
      `No checkpoint in ${this.#folder} can be used. ${notices.join(' ')} Start the run again with --force.`,
    );
  }

  async #readIndex(notices: string[]): Promise<readonly Entry[]> {
    try {
      const text = await readFile(join(this.#folder, indexFile), 'utf8');
      return (JSON.parse(text) as { checkpoints: Entry[] }).checkpoints.map(({ file, sha256 }) => ({
        file,
        sha256,
      }));
    } catch {
      const names = await readdir(this.#folder).catch(() => []);
      const files = names
        .filter((name) => name.endsWith(suffix))
        .sort()
        .reverse();
      if (files.length > 0)
        notices.push(
          `${join(this.#folder, indexFile)} cannot be read; the newest checkpoint file is used.`,
        );
      return files.map((file) => ({ file }));
    }
  }

  async #readEntry({ file, sha256 }: Entry): Promise<Checkpoint> {
    const path = join(this.#folder, file);
    const bytes = await readFile(path);
    const received = createHash('sha256').update(bytes).digest('hex');
    if (sha256 !== undefined && received !== sha256) {
      // The reader's own message says more where the file is cut off.
      decodeCheckpoint(bytes, file);
      throw new PareError('CHECKPOINT_DAMAGED', `its SHA-256 is ${received}; expected ${sha256}.`);
    }
    return decodeCheckpoint(bytes, file);
  }
}
