import { NetworkBuilder, flatten, relu } from '@pare/graph';
import { runExperiment } from '../run/run-experiment.ts';
import { blobDataset } from './blob-dataset.ts';
import { createReferenceEngine } from './reference-engine.ts';
import type { Network, Value } from '@pare/graph';
import type { Evaluation } from '../contracts/events.ts';
import type { CompressedState, Method, Stage } from '../contracts/method.ts';
import type { Clock } from '../contracts/services.ts';

/** Norm of the convolution of a `blobNetwork`. */
export type BlobNorm = 'none' | 'batch' | 'group' | 'instance';

/** A network with a convolution, norm and two dense layers for the images of `blobDataset`. */
export function blobNetwork(norm: BlobNorm = 'none'): Network {
  const builder = new NetworkBuilder();
  const x = builder.input([2, 2, 1]);
  const conv = builder.conv2d('conv1', x, { filters: 4, kernel: 3, padding: 'same' });
  const normed = relu(normalize(builder, conv, norm));
  const hidden = relu(builder.dense('fc1', flatten(normed), { units: 8 }));
  return builder.build('blob-net', x, builder.dense('fc2', hidden, { units: 3 }));
}

function normalize(builder: NetworkBuilder, x: Value, norm: BlobNorm): Value {
  if (norm === 'batch') return builder.batchNorm('norm1', x);
  if (norm === 'group') return builder.groupNorm('norm1', x, { groups: 2 });
  if (norm === 'instance') return builder.instanceNorm('norm1', x);
  return x;
}

const stoppedClock: Clock = { now: () => 0, monotonic: () => 0 };

/** What a short run ended with. */
export interface BriefResult extends CompressedState {
  /** What the run states for it, on the test split of `blobDataset`. */
  readonly evaluation: Evaluation;
}

/**
 * Runs every stage of a method on a `blobNetwork`, at most one epoch each, on the reference engine. Throws where a program
 * does not build or a loss is not finite.
 */
export async function trainBriefly(
  method: Method,
  seed: number,
  network = blobNetwork(),
): Promise<BriefResult> {
  let last: CompressedState | undefined;
  const events = runExperiment({
    network,
    dataset: blobDataset(),
    engine: createReferenceEngine(),
    method: shortened(method, (state) => (last = state)),
    seed,
    clock: stoppedClock,
  });
  for await (const event of events) {
    // The report was asked for just before.
    if (event.type === 'result') return { ...last!, evaluation: event.evaluation };
  }
  throw new Error('a run without a signal ends with a result');
}

/** The method with short stages; methods may be classes, so that each call goes to the method itself. */
function shortened(method: Method, onReport: (state: CompressedState) => void): Method {
  return {
    name: method.name,
    paper: method.paper,
    plan: (context) => method.plan(context).map(shorten),
    report: (state) => {
      onReport(state);
      return method.report(state);
    },
    operatingPoints: (state) => method.operatingPoints(state),
    ...(method.at && { at: (state, point) => method.at!(state, point) }),
  };
}

const shorten = (stage: Stage): Stage =>
  stage.kind === 'train' ? { ...stage, epochs: Math.min(stage.epochs, 1), batchSize: 16 } : stage;
