import type { RunEvent } from '../contracts/events.ts';
import type { StageHookContext } from '../contracts/method.ts';

/** Calls a hook of a training stage, tells what it logged, and gives what it returned. */
export async function* runHook<Result>(
  hook: (context: StageHookContext) => Promise<Result>,
  context: Omit<StageHookContext, 'log'>,
): AsyncGenerator<RunEvent, Result, void> {
  const messages: string[] = [];
  const result = await hook({ ...context, log: (message) => messages.push(message) });
  for (const message of messages) yield { type: 'notice', message };
  return result;
}
