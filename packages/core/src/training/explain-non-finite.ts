import { PareError } from '../errors/pare-error.ts';
import { findNonFinite } from './find-non-finite.ts';
import type { Network } from '@pare/graph';
import type { Batch } from '../contracts/dataset.ts';
import type { Engine, Session } from '../contracts/engine.ts';
import type { Evaluation } from '../contracts/events.ts';
import type { TrainStage } from '../contracts/method.ts';
import type { Tensors } from '../contracts/tensor.ts';
import type { TrainingPrograms } from './build-training-program.ts';
import type { StepFeeds } from './step-feeds.ts';

/** Variables as they were before a step, the last time they were read. */
export interface Anchor {
  readonly step: number;
  readonly variables: Tensors;
}

/** The failed step and what is needed to do the steps before it again. */
export interface FailedStep {
  readonly engine: Engine;
  readonly session: Session;
  readonly network: Network;
  readonly built: TrainingPrograms;
  readonly feeds: StepFeeds;
  readonly stage: TrainStage;
  /** From 0. */
  readonly epoch: number;
  /** From 0. */
  readonly step: number;
  readonly total: number;
  readonly anchor: Anchor;
  /** Batches of the epoch from a step on. */
  readonly batches: (start: number) => AsyncIterable<Batch>;
}

/** More steps than this are not done again for the sake of a better message. */
const replayLimit = 2000;

/**
 * The error for a loss that is not finite. By then the update has spoilt every weight, so the steps since the last copy
 * of the variables are done again, and the failed one is searched with the weights from before it.
 */
export async function explainNonFinite(failed: FailedStep): Promise<PareError> {
  const { stage, epoch, step, total } = failed;
  const place = await firstPlace(failed).catch(
    (error: unknown) => `unknown, the search failed: ${(error as Error).message}`,
  );
  return new PareError(
    'NON_FINITE_LOSS',
    `Training stopped: in stage "${stage.name}", epoch ${epoch + 1}, step ${step + 1}, the objective is ${total}; expected a finite number. First number that is not finite: ${place}. ${stage.advice?.(epoch + 1) ?? generalAdvice}`,
  );
}

const generalAdvice =
  'Lower the learning rate or the strength of the regularizer, or check the images.';

async function firstPlace({
  engine,
  session,
  network,
  built,
  feeds,
  epoch,
  step,
  anchor,
  batches,
}: FailedStep) {
  const replay = step - anchor.step <= replayLimit;
  if (replay) await session.write(anchor.variables);
  let at = replay ? anchor.step : step;
  for await (const batch of batches(at)) {
    if (at === step) {
      const found = await findNonFinite(
        engine,
        network,
        built,
        await session.read(),
        feeds.of(batch, epoch, step),
      );
      return (
        found ??
        'none when the step was done again; the engine does not give the same results each time'
      );
    }
    await session.run('train', feeds.of(batch, epoch, at++));
  }
  return 'unknown, the data set gave fewer batches the second time';
}

/** The error for an evaluation whose loss is not finite. */
export function explainEvaluation(
  where: string,
  { loss, split }: Evaluation,
  network: Network,
  weights: Tensors,
): PareError {
  const broken = network.parameters.find(
    ({ name }) => !weights.get(name)!.data.every(Number.isFinite),
  );
  const place = broken
    ? `the weights "${broken.name}" of layer "${broken.layer}"`
    : 'none among the weights, so it arises in a layer';
  return new PareError(
    'NON_FINITE_LOSS',
    `Stopped ${where}: the loss on the ${split} split is ${loss}; expected a finite number. First number that is not finite: ${place}. ${generalAdvice}`,
  );
}
