import { setImmediate as nextTurn } from 'node:timers/promises';
import { nameOf } from '@pare/graph';
import { PareError } from '../errors/pare-error.ts';
import { checkLabels } from './check-data.ts';
import type { Network } from '@pare/graph';
import type { Batch, Dataset, Split } from '../contracts/dataset.ts';
import type { Session } from '../contracts/engine.ts';
import type { Evaluation } from '../contracts/events.ts';
import type { HostTensor } from '../contracts/tensor.ts';

/** How a split is evaluated. */
export interface EvaluateSplitOptions {
  /** Has the program `evaluate` of `buildEvaluationProgram`, and the weights. */
  readonly session: Session;
  readonly network: Network;
  readonly dataset: Dataset;
  readonly split: Split;
  /** Default: as many images as make about 8 MB, at most 1000. */
  readonly batchSize?: number;
  readonly signal?: AbortSignal;
  /** Values of further inputs, in fresh arrays for each batch. */
  readonly feeds?: () => Record<string, HostTensor>;
}

/** Feeds of one batch, without copies. */
export function batchFeeds(network: Network, { x, y, size }: Batch): Record<string, HostTensor> {
  const shape = [size, ...(network.input.shape.slice(1) as number[])];
  return {
    [nameOf(network.input)]: { dtype: 'float32', shape, data: x },
    y: { dtype: 'int32', shape: [size], data: y },
  };
}

const allFeeds = ({ network, feeds }: EvaluateSplitOptions, batch: Batch) => ({
  ...batchFeeds(network, batch),
  ...feeds?.(),
});

const defaultBatchSize = (elements: number) =>
  Math.max(16, Math.min(1000, Math.floor(2 ** 21 / elements)));

/** Mean loss and top-1 accuracy over a split, summed in float64; undefined where the signal stopped it. */
export async function evaluateSplit(
  options: EvaluateSplitOptions,
): Promise<Evaluation | undefined> {
  const { session, dataset, split, signal } = options;
  const { imageShape, classes, name } = dataset.info;
  const batchSize = options.batchSize ?? defaultBatchSize(imageShape.reduce((a, b) => a * b, 1));
  let [loss, correct, count] = [0, 0, 0];
  const add = async (answer: Promise<Record<string, HostTensor>>) => {
    const outputs = await answer;
    loss += outputs.loss!.data[0]!;
    correct += outputs.correct!.data[0]!;
  };
  let waiting: Promise<Record<string, HostTensor>> | undefined;
  for await (const batch of dataset.batches(split, { batchSize })) {
    // Timers and signals get their turn, which engines without a thread of their own would starve.
    await nextTurn();
    if (signal?.aborted) break;
    checkLabels(batch, classes, split, count);
    count += batch.size;
    const next = session.run('evaluate', allFeeds(options, batch));
    // The failure is thrown where the answer is awaited; until then it must not count as unhandled.
    next.catch(() => undefined);
    if (waiting) await add(waiting);
    waiting = next;
  }
  if (waiting) await add(waiting);
  if (signal?.aborted) return undefined;
  if (count === 0)
    throw new PareError(
      'EMPTY_SPLIT',
      `The ${split} split of "${name}" has no examples to evaluate.`,
    );
  return { split, loss: loss / count, accuracy: correct / count, correct, count };
}
