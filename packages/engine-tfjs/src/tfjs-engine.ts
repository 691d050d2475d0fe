import { PareError } from '@pare/core';
import { TfjsSession } from './tfjs-session.ts';
import type { Engine, EngineInfo, Session } from '@pare/core';
import type { Program } from '@pare/graph';
import type { Device } from './device.ts';

/** Runs programs on a started TensorFlow.js backend. The backend itself outlives the engine: others may use it. */
export class TfjsEngine implements Engine {
  readonly info: EngineInfo;
  readonly #device: Device;
  readonly #sessions = new Set<Session>();
  #disposed = false;

  constructor(device: Device) {
    this.info = device.info;
    this.#device = device;
  }

  // eslint-disable-next-line @typescript-eslint/require-await -- the contract lets engines prepare programs asynchronously
  async open(programs: Readonly<Record<string, Program>>): Promise<Session> {
    if (this.#disposed) {
      throw new PareError('ENGINE_DISPOSED', 'This engine was disposed; create a new one.');
    }
    const session = new TfjsSession(this.#device, programs, (closed) =>
      this.#sessions.delete(closed),
    );
    this.#sessions.add(session);
    return session;
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await Promise.all([...this.#sessions].map((session) => session.dispose()));
    this.#sessions.clear();
  }
}
