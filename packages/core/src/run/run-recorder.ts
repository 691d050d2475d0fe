import { join } from 'node:path';
import { EventLog } from './event-log.ts';
import { runFiles, unlockRunFolder } from './run-folder.ts';
import { writeAtomically } from './write-atomically.ts';
import type { RunEvent } from '../contracts/events.ts';
import type { Clock } from '../contracts/services.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { CheckpointStore } from './checkpoint-store.ts';

/** An epoch as a run tells it. */
export type EpochEvent = Extract<RunEvent, { type: 'epoch' }>;

/** Where a run is kept: a folder, or nowhere. */
export interface RunRecorder {
  /** Run folder; undefined: nothing is written. */
  readonly folder: string | undefined;
  /** Whether checkpoints are kept. */
  readonly keeps: boolean;
  /** What an interrupted run says. */
  readonly resumeHint: string;
  /** Epochs told so far, those before a resume included. */
  readonly epochs: readonly EpochEvent[];
  record(event: RunEvent): Promise<void>;
  /** Makes the log durable and gives its length. */
  sync(): Promise<number>;
  /** Keeps a checkpoint and gives its path. */
  checkpoint(checkpoint: Checkpoint): Promise<string>;
  /** Writes a file of the run, atomically. */
  write(file: string, text: string): Promise<void>;
  close(): Promise<void>;
}

/** Keeps nothing but the epochs. */
export function memoryRecorder(): RunRecorder {
  const epochs: EpochEvent[] = [];
  return {
    folder: undefined,
    keeps: false,
    resumeHint: 'The run was stopped. It has no folder, so nothing is kept.',
    epochs,
    record: (event) => Promise.resolve(void (event.type === 'epoch' && epochs.push(event))),
    sync: () => Promise.resolve(0),
    checkpoint: () => Promise.reject(new Error('A run without a folder keeps no checkpoints.')),
    write: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

/** What `folderRecorder` is made of. */
export interface FolderRecorderOptions {
  readonly folder: string;
  readonly store: CheckpointStore;
  readonly clock: Clock;
  /** Length of the log to go on from, and the epochs in it. */
  readonly logBytes?: number;
  readonly epochs?: readonly EpochEvent[];
}

/** Keeps a run in its folder, which this process has taken; `close` gives it back. */
export async function folderRecorder(options: FolderRecorderOptions): Promise<RunRecorder> {
  const { folder, store, clock } = options;
  const epochs = [...(options.epochs ?? [])];
  const log = await EventLog.open(join(folder, runFiles.events), options.logBytes);
  return {
    folder,
    keeps: true,
    resumeHint: `The run was stopped; nothing is lost. Go on with: pare resume ${folder}`,
    epochs,
    async record(event) {
      if (event.type === 'epoch') epochs.push(event);
      await log.append(event, clock.now());
    },
    sync: () => log.sync(),
    checkpoint: (checkpoint) => store.write(checkpoint),
    write: (file, text) => writeAtomically(join(folder, file), [text]),
    async close() {
      await log.close();
      await unlockRunFolder(folder);
    },
  };
}
