import { buildEvaluationProgram } from './build-evaluation-program.ts';
import { checkFit, resultSplit } from './check-data.ts';
import { evaluateSplit } from './evaluate-split.ts';
import { selectVariables } from './select-variables.ts';
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
  const { engine, network, weights, dataset, split = resultSplit(dataset.info) } = options;
  checkFit(network, dataset.info);
  const program = buildEvaluationProgram(network);
  const session = await engine.open({ evaluate: program });
  try {
    await session.write(
      selectVariables(program.variables, weights, `evaluation of "${network.name}"`),
    );
    return await evaluateSplit({ ...options, session, split });
  } finally {
    await session.dispose();
  }
}
