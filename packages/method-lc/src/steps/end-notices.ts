import type { CompressionTask } from '../tasks/compression-task.ts';
import type { StepRecord } from './history.ts';
import type { TaskStates } from './task-state.ts';

/** The tasks whose weights are all zero, as a subject with its verb; undefined where there is none. */
export function zeroTasks(
  tasks: readonly CompressionTask[],
  states: TaskStates,
): string | undefined {
  const zero = tasks.filter(({ name }) => states.get(name)!.delta.every((w) => w === 0));
  if (zero.length === 0) return undefined;
  return `${zero.map(({ name }) => `"${name}"`).join(', ')} ${zero.length === 1 ? 'is' : 'are'} all zero`;
}

/** What people should know of the compressed weights that the last step has left. */
export function endNotices(
  tasks: readonly CompressionTask[],
  states: TaskStates,
  records: readonly StepRecord[],
): string[] {
  const [first, last] = [records[0]!, records.at(-1)!];
  const mu = Number(last.mu.toPrecision(4));
  const zero = zeroTasks(tasks, states);
  const notices: string[] = [];
  if (zero) {
    notices.push(
      `lc: ${zero} after the last step. If this is not meant, lower the penalty or alpha, keep more weights, or go on to a larger mu than ${mu}.`,
    );
  }
  if (last.distance > first.distance) {
    notices.push(
      `lc: ‖w - Δ‖² is larger than before the first step: weights and their compressed form have not met, and the result is hardly better than direct compression. Go on to a larger mu than ${mu}.`,
    );
  }
  if (last.ratio <= 1) {
    notices.push(
      `lc: compressed weights take more room than the weights did (compression ratio ${Number(last.ratio.toPrecision(4))}). Choose fewer values, fewer weights, lower ranks, or a larger alpha.`,
    );
  }
  return notices;
}
