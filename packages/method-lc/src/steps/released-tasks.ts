import { NetworkUses, normBehind } from '@pare/graph';
import { kernelUses } from '../network/kernel-use.ts';
import type { Network } from '@pare/graph';
import type { CompressionTask } from '../tasks/compression-task.ts';
import type { TaskStates } from './task-state.ts';

/** Which tasks are free of the penalty in a step. */
export interface ReleasedTasks {
  /** Tasks that may be. */
  readonly candidates: ReadonlySet<string>;
  /** Whether a task is, where the algorithm stands so. */
  isReleased(task: Pick<CompressionTask, 'name'>, states: TaskStates): boolean;
}

/** Tasks whose rank is selected, of one layer with a norm behind it: the norm undoes the scale, so a pull to 0 means nothing. */
export function releasedTasks(
  network: Network,
  tasks: readonly CompressionTask[],
  { releaseZeroRanks }: { readonly releaseZeroRanks: boolean },
): ReleasedTasks {
  const uses = new NetworkUses(network);
  const useOf = kernelUses(network);
  const hasNorm = ({ parameters, parts }: CompressionTask) => {
    if (parameters.length !== 1 || parts.length !== 1) return false;
    const use = useOf(parameters[0]!);
    const selects = parts[0]!.name === 'rank-selection';
    return selects && use.kind === 'layer' && normBehind(use.node, uses).norm !== undefined;
  };
  const candidates = new Set(releaseZeroRanks ? tasks.filter(hasNorm).map(({ name }) => name) : []);
  return {
    candidates,
    isReleased({ name }, states) {
      const { theta } = states.get(name)!;
      return candidates.has(name) && theta.kind === 'factors' && theta.rank === 0;
    },
  };
}
