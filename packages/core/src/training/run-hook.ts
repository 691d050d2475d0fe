import type { Network } from '@pare/graph';
import type { Session } from '../contracts/engine.ts';
import type { RunEvent } from '../contracts/events.ts';
import type { TrainStage } from '../contracts/method.ts';

/** Calls a hook of a training stage and tells what it logged. `epoch` counts from 1. */
export async function* runHook(
  hook: NonNullable<TrainStage['beforeEpoch']>,
  epoch: number,
  network: Network,
  session: Session,
): AsyncGenerator<RunEvent, void, void> {
  const messages: string[] = [];
  await hook({
    epoch,
    network,
    read: (names) => session.read(names),
    write: (values) => session.write(values),
    log: (message) => messages.push(message),
  });
  for (const message of messages) yield { type: 'notice', message };
}
