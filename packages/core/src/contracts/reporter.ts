import type { RunEvent } from './events.ts';

/** Listens to a run and tells it somewhere: a file, a page, a dashboard. */
export interface Reporter {
  readonly name: string;
  /** Called for each event, in order; the run waits for it. */
  on(event: RunEvent): void | Promise<void>;
  dispose?(): void | Promise<void>;
}
