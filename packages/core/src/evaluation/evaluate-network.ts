import { Evaluator } from './evaluator.ts';
import type { Engine } from '../contracts/engine.ts';
import type { Evaluation } from '../contracts/events.ts';
import type { CompressedState } from '../contracts/method.ts';
import type { EvaluateSplitOptions } from './evaluate-split.ts';

/** What is evaluated, on what. */
export interface EvaluateNetworkOptions
  extends
    CompressedState,
    Pick<EvaluateSplitOptions, 'dataset' | 'batchSize' | 'signal'>,
    Partial<Pick<EvaluateSplitOptions, 'split'>> {
  readonly engine: Engine;
}

/** Loss and accuracy of a network on a split (default test); undefined where the signal stopped it. */
export async function evaluateNetwork(
  options: EvaluateNetworkOptions,
): Promise<Evaluation | undefined> {
  await using evaluator = new Evaluator(options);
  return await evaluator.evaluate(options, options);
}
