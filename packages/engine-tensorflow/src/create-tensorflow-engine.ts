import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PareError } from '@pare/core';
import { writePrograms } from './graphdef/write-programs.ts';
import { loadNative } from './native/load-binding.ts';
import { SessionThread } from './session/session-thread.ts';
import { TensorFlowSession } from './session/tensorflow-session.ts';
import type { Engine, Session } from '@pare/core';
import type { Program } from '@pare/graph';

/** Options of the TensorFlow engine. */
export interface TensorFlowEngineOptions {
  /** Threads inside one op; default TensorFlow's choice (all cores). It holds for the process from the first engine on. */
  readonly threads?: number;
}

/**
 * Opens the provisioned native TensorFlow library. Throws ENGINE_NOT_INSTALLED where there is none. Programs become
 * one GraphDef, variables stay in its session, and every step is one session run in a worker thread.
 */
export function createTensorFlowEngine(options: TensorFlowEngineOptions = {}): Promise<Engine> {
  // A missing library rejects the promise, as callers of an async function expect.
  return Promise.resolve(options).then(openEngine);
}

function openEngine(options: TensorFlowEngineOptions): Engine {
  if (options.threads !== undefined) process.env.TF_NUM_INTRAOP_THREADS = String(options.threads);
  // Otherwise TensorFlow takes the whole memory of a GPU at the first use.
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true';
  const { binding, path } = loadNative();
  const device = binding.isUsingGpuDevice() ? 'gpu' : 'cpu';
  const threads = Number(process.env.TF_NUM_INTRAOP_THREADS ?? availableParallelism());
  const sessions = new Set<Session>();
  let disposed = false;
  return {
    info: {
      name: 'tensorflow',
      version: binding.TF_Version,
      device,
      threads,
      details: { binding: path },
    },
    async open(programs: Readonly<Record<string, Program>>): Promise<Session> {
      if (disposed)
        throw new PareError('ENGINE_DISPOSED', 'This engine was disposed; create a new one.');
      const { savedModel, ...written } = writePrograms(programs, device);
      const directory = await mkdtemp(join(tmpdir(), 'pare-tensorflow-'));
      try {
        await writeFile(join(directory, 'saved_model.pb'), savedModel);
        const session = new TensorFlowSession(
          await SessionThread.open(path, directory),
          written,
          programs,
          (closed) => sessions.delete(closed),
        );
        sessions.add(session);
        return session;
      } finally {
        // The session holds the graph in memory; the file is only the way in.
        await rm(directory, { recursive: true, force: true });
      }
    },
    async dispose() {
      disposed = true;
      await Promise.all([...sessions].map((session) => session.dispose()));
      sessions.clear();
    },
  };
}
