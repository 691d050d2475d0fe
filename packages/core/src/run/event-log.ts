import { open, readFile } from 'node:fs/promises';
import { writeError } from './write-atomically.ts';
import type { FileHandle } from 'node:fs/promises';
import type { RunEvent } from '../contracts/events.ts';

/** An event with the time at which it was logged (ISO 8601, UTC). */
export type LoggedEvent = RunEvent & { readonly time: string };

/** `events.jsonl`: one event a line, in order. */
export class EventLog {
  readonly #path: string;
  readonly #file: FileHandle;
  #bytes: number;

  private constructor(path: string, file: FileHandle, bytes: number) {
    this.#path = path;
    this.#file = file;
    this.#bytes = bytes;
  }

  /** Opens a log and drops what comes after `bytes`: events that a resumed run will tell again. */
  static async open(path: string, bytes = 0): Promise<EventLog> {
    try {
      const file = await open(path, 'a');
      const { size } = await file.stat();
      const start = Math.min(bytes, size);
      if (start < size) await file.truncate(start);
      return new EventLog(path, file, start);
    } catch (error) {
      throw writeError(path, error);
    }
  }

  async append(event: RunEvent, milliseconds: number): Promise<void> {
    const line = Buffer.from(
      `${JSON.stringify({ time: new Date(milliseconds).toISOString(), ...event })}\n`,
    );
    try {
      await this.#file.appendFile(line);
    } catch (error) {
      throw writeError(this.#path, error);
    }
    this.#bytes += line.length;
  }

  /** Makes all events durable and gives the log's length in bytes. */
  async sync(): Promise<number> {
    try {
      await this.#file.sync();
    } catch (error) {
      throw writeError(this.#path, error);
    }
    return this.#bytes;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** Events in the first `bytes` of a log, default all; a last line that was cut off is left out. */
export async function readEvents(path: string, bytes?: number): Promise<LoggedEvent[]> {
  const text = (await readFile(path)).subarray(0, bytes).toString();
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return lines.filter(Boolean).map((line) => JSON.parse(line) as LoggedEvent);
}
