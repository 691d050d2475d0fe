import { instantiate, nameOf, program } from '@pare/graph';
import { buildEvaluationProgram } from '../evaluation/build-evaluation-program.ts';
import { selectVariables } from '../evaluation/select-variables.ts';
import type { Network, Program } from '@pare/graph';
import type { Engine, Session } from '../contracts/engine.ts';
import type { CompressedState, DialProgram } from '../contracts/method.ts';
import type { HostTensor, Tensors } from '../contracts/tensor.ts';

/** A network in a session of its own, with the programs `predict` and `evaluate`. */
export class RunningNetwork {
  readonly network: Network;
  readonly session: Session;
  readonly #predict: Program;

  private constructor(network: Network, session: Session, predict: Program) {
    this.network = network;
    this.session = session;
    this.#predict = predict;
  }

  /** Opens a session and writes the weights. A dial brings programs of its own over the same weights. */
  static async start(
    engine: Engine,
    { network, weights }: CompressedState,
    dial?: DialProgram,
  ): Promise<RunningNetwork> {
    const predict = predictProgram(network, dial);
    const evaluate = buildEvaluationProgram(network, dial);
    const session = await engine.open({ predict, evaluate });
    const running = new RunningNetwork(network, session, predict);
    try {
      await running.write(weights);
      return running;
    } catch (error) {
      await session.dispose();
      throw error;
    }
  }

  /** Replaces the weights. Throws MISSING_VARIABLE or BAD_VARIABLE before anything is written. */
  async write(weights: Tensors): Promise<void> {
    const where = `model "${this.network.name}"`;
    await this.session.write(selectVariables(this.#predict.variables, weights, where));
  }

  /** Logits of a batch. */
  async predict(images: HostTensor, feeds?: Record<string, HostTensor>): Promise<Float32Array> {
    const { logits } = await this.session.run('predict', {
      [nameOf(this.network.input)]: images,
      ...feeds,
    });
    return logits!.data as Float32Array;
  }
}

function predictProgram(network: Network, dial?: DialProgram): Program {
  const { output } = dial?.instance ?? instantiate(network, { mode: 'eval' });
  return program({
    outputs: { logits: output },
    inputs: [network.input, ...(dial?.inputs ?? [])],
  });
}
