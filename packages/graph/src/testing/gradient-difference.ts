import { gradients } from '../autodiff/gradients.ts';
import { program } from '../program/program.ts';
import { evaluate } from './evaluate.ts';
import type { Value } from '../ir/value.ts';
import type { Program } from '../program/program.ts';
import type { FedTensor } from '../program/resolve-symbols.ts';

/** A scalar loss and where it is differentiated. */
export interface GradientCheck {
  readonly loss: Value;
  /** Inputs and variables by name. */
  readonly wrt: ReadonlyMap<string, Value>;
  readonly feeds?: Readonly<Record<string, FedTensor>>;
  readonly variables?: ReadonlyMap<string, FedTensor>;
  /** Run-time dimensions that the loss needs. */
  readonly dimensions?: readonly Value[];
  /** Largest |gradient - difference| / max(1, |difference|); default 1e-6. */
  readonly tolerance?: number;
  /** Largest number of elements that are moved in each tensor, spread evenly; default 48. */
  readonly samples?: number;
}

const step = 1e-5;

/**
 * The first element where the gradient of a loss is not its central difference (in float64), in words; undefined where
 * there is none.
 */
export function gradientDifference(check: GradientCheck): string | undefined {
  const { loss, wrt, feeds = {}, variables = new Map<string, FedTensor>() } = check;
  const { dimensions = [], tolerance = 1e-6, samples = 48 } = check;
  const inputs = [...dimensions, ...wrt.values()];
  const slopes = gradients(loss, [...wrt.values()]);
  const named = Object.fromEntries([...wrt.keys()].map((name, i) => [name, slopes[i]!]));
  const exact = run(program({ inputs, outputs: named }), feeds, variables);
  const forward = program({ inputs, outputs: { loss } });
  for (const name of wrt.keys()) {
    const { shape, data } = (feeds[name] ?? variables.get(name))!;
    const lossAt = (i: number, offset: number): number => {
      const moved = { shape, data: Float64Array.from(data).with(i, data[i]! + offset) };
      const fed = name in feeds ? { ...feeds, [name]: moved } : feeds;
      return run(forward, fed, new Map([...variables, [name, moved]])).loss!.data[0]!;
    };
    for (let i = 0; i < data.length; i += Math.max(1, Math.ceil(data.length / samples))) {
      const difference = (lossAt(i, step) - lossAt(i, -step)) / (2 * step);
      const slope = exact[name]!.data[i]!;
      if (Math.abs(slope - difference) <= tolerance * Math.max(1, Math.abs(difference))) continue;
      return `element ${i} of "${name}": gradient ${slope}, finite difference ${difference}`;
    }
  }
  return undefined;
}

/** Outputs of a program that may need only some of the feeds. */
function run(
  part: Program,
  feeds: Readonly<Record<string, FedTensor>>,
  variables: ReadonlyMap<string, FedTensor>,
) {
  const used = Object.entries(feeds).filter(([name]) => part.inputs.has(name));
  return evaluate(part, Object.fromEntries(used), variables).outputs;
}
