import { cStep, squaredDistance } from './c-step.ts';
import { zeroTasks } from './end-notices.ts';
import { historyName, packHistory } from './history.ts';
import { encodeStates } from './task-state.ts';
import { stepRecord } from './step-record.ts';
import type { TransformStage } from '@pare/core';
import type { CompressionTask } from '../tasks/compression-task.ts';
import type { LearnCompressParts } from './learn-compress-stage.ts';

/** Direct compression: Θ of the weights as they are (μ = 0), multipliers 0. The weights stay; results are those of Δ(Θ). */
export function directCompressionStage(
  parts: Pick<LearnCompressParts, 'network' | 'tasks' | 'kinds' | 'steps' | 'runner'>,
): TransformStage {
  const { tasks, kinds, runner } = parts;
  return {
    kind: 'transform',
    name: 'compress-directly',
    async run({ network, weights, random, log }) {
      const states = await cStep({ tasks, weights, mu: 0, random, runner: runner(), log });
      const distance = squaredDistance(tasks, states, weights);
      const facts = { network, tasks, states, kinds, step: 0, mu: 0, learningRate: 0, distance };
      const { record, text } = stepRecord(facts);
      log(text);
      const zero = zeroTasks(tasks.filter(hasPrice), states);
      if (zero) {
        log(
          `lc: ${zero} at first: with mu = 0 a price leaves nothing. ${parts.steps[0]!.epochs > 0 ? 'The first L step pulls these weights towards 0.' : 'The first step with a mu decides what comes back.'}`,
        );
      }
      const kept = new Map([...encodeStates(tasks, states), [historyName, packHistory([record])]]);
      return { network, weights: new Map([...weights, ...kept]) };
    },
  };
}

/** Compressions that weigh the error, times μ, against a price. */
const priced = ['l0-penalty', 'l1-penalty', 'rank-selection'];

const hasPrice = ({ parts }: CompressionTask): boolean =>
  parts.some(({ name }) => priced.includes(name));
