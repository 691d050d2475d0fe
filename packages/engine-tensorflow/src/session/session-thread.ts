import { types } from 'node:util';
import { Worker } from 'node:worker_threads';
import { PareError } from '@pare/core';
import type { TensorData } from '@pare/graph';
import type { WireTensor, WorkerRequest, WorkerResponse } from './worker-protocol.ts';

interface Pending {
  readonly resolve: (outputs: readonly TensorData[]) => void;
  readonly reject: (error: Error) => void;
}

/** A native session in a worker thread. Requests are answered in order. */
export class SessionThread {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending>();
  #next = 1;
  #failure: Error | undefined;
  #closing = false;

  private constructor(bindingPath: string, modelDirectory: string) {
    this.#worker = new Worker(new URL('./session-worker.mjs', import.meta.url), {
      workerData: { bindingPath, modelDirectory },
    });
    this.#worker.on('message', (response: WorkerResponse) => this.#answer(response));
    this.#worker.on('error', (error) => this.#fail(error));
    this.#worker.on('exit', (code) => this.#fail(new Error(`the thread ended with code ${code}`)));
  }

  /** Loads the SavedModel; resolves when the session is open. */
  static async open(bindingPath: string, modelDirectory: string): Promise<SessionThread> {
    const thread = new SessionThread(bindingPath, modelDirectory);
    await new Promise((resolve, reject) => thread.#pending.set(0, { resolve, reject }));
    // Only a pending request keeps the process alive.
    thread.#worker.unref();
    return thread;
  }

  /** Runs; gives the data of the first `keep` outputs. The inputs' buffers are handed over, unless they are parts of larger ones. */
  run(
    inputs: readonly WireTensor[],
    inputNames: string,
    outputNames: string,
    keep: number,
  ): Promise<readonly TensorData[]> {
    const request: WorkerRequest = { id: this.#next++, inputs, inputNames, outputNames, keep };
    return new Promise((resolve, reject) => {
      this.checkOpen();
      // First, since it throws for buffers that may not change owner; then nothing is pending.
      this.#worker.postMessage(request, transferable(inputs));
      if (this.#pending.size === 0) this.#worker.ref();
      this.#pending.set(request.id, { resolve, reject });
    });
  }

  /** Throws where the session is closed, by `close` or by a failure. */
  checkOpen(): void {
    if (this.#failure) throw this.#failure;
  }

  /** Closes the session after all requests made so far. */
  async close(): Promise<void> {
    if (this.#failure) return;
    this.#closing = true;
    this.#failure = new PareError(
      'SESSION_CLOSED',
      'The session has been disposed of; open a new one.',
    );
    const ended = new Promise<void>((resolve) => this.#worker.once('exit', () => resolve()));
    this.#worker.ref();
    this.#worker.postMessage({
      id: -1,
      inputs: [],
      inputNames: '',
      outputNames: '',
      keep: 0,
      close: true,
    });
    await ended;
  }

  #answer({ id, outputs, error }: WorkerResponse): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    // While closing, the process must live until the thread has ended.
    if (this.#pending.size === 0 && !this.#closing) this.#worker.unref();
    if (outputs) pending?.resolve(outputs);
    else pending?.reject(new PareError('ENGINE_FAILURE', `TensorFlow stopped a run: ${error}`));
  }

  #fail(cause: Error): void {
    this.#failure ??= new PareError(
      'ENGINE_FAILURE',
      `The TensorFlow session is closed: ${cause.message}.`,
      { cause },
    );
    for (const { reject } of this.#pending.values()) reject(this.#failure);
    this.#pending.clear();
  }
}

/** Buffers that can change owner: whole, not shared, and large enough to be worth it. */
function transferable(inputs: readonly WireTensor[]): ArrayBuffer[] {
  const whole = inputs
    .map(({ data }) => data)
    .filter((data) => data.byteLength > 4096 && data.byteLength === data.buffer.byteLength);
  const buffers = whole.map(({ buffer }) => buffer);
  return [...new Set(buffers)].filter((buffer) => types.isArrayBuffer(buffer));
}
