import { finetuneTensors } from '../finetune/finetune-stage.ts';
import { compressNetwork } from '../network/compress-network.ts';
import { endNotices } from './end-notices.ts';
import { historyOf, historyTable } from './history.ts';
import { squaredDistance } from './c-step.ts';
import { wholeRatio } from './step-record.ts';
import { decodeStates, withoutStates } from './task-state.ts';
import { decisionsTable, tasksTable } from './result-tables.ts';
import type { TransformStage } from '@pare/core';
import type { LearnCompressParts } from './learn-compress-stage.ts';

/** The end of the algorithm: weights become Δ(Θ), and the network takes the form that they allow. */
export function compressStage(
  { tasks, kinds }: Pick<LearnCompressParts, 'tasks' | 'kinds'>,
  { finetuned }: { readonly finetuned: boolean },
): TransformStage {
  return {
    kind: 'transform',
    name: 'compress',
    run({ network, weights, log }) {
      const states = decodeStates(tasks, weights);
      const distance = squaredDistance(tasks, states, weights);
      const state = { network, weights: withoutStates(weights) };
      const compressed = tasks.map((task) => ({ task, theta: states.get(task.name)!.theta }));
      const { decisions, ...result } = compressNetwork(state, compressed);
      for (const { layer, form, reason } of decisions) {
        if (form !== 'codebook' && form !== 'sparse') log(`lc: ${layer}: ${form}, ${reason}`);
      }
      for (const notice of endNotices(tasks, states, historyOf(weights))) log(notice);
      const extra = finetuned ? finetuneTensors(tasks, decisions, result.weights) : [];
      return Promise.resolve({
        network: result.network,
        weights: new Map([...result.weights, ...extra]),
        report: {
          values: { distance, ratio: wholeRatio(network, tasks, states, kinds) },
          tables: [
            tasksTable(tasks, states, kinds),
            decisionsTable(decisions),
            historyTable(historyOf(weights)),
          ],
        },
      });
    },
  };
}
