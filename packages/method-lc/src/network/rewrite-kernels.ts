import { rewriteNetwork } from '@pare/graph';
import { freeLayers } from './free-layers.ts';
import { kernelUses } from './kernel-use.ts';
import { planKernel } from './plan-kernel.ts';
import type { Network, Node, Value } from '@pare/graph';
import type { Kernel } from './kernel.ts';
import type { BroughtParameter, KernelPlan } from './kernel-plan.ts';

/** What is done with each of the kernels. */
export function planKernels(network: Network, kernels: readonly Kernel[]): KernelPlan[] {
  const useOf = kernelUses(network);
  const layersOf = freeLayers(network);
  return kernels.map((kernel) =>
    planKernel(kernel, {
      use: useOf(kernel.parameter),
      layers: () => layersOf(kernel.parameter),
    }),
  );
}

/** A network with the plans carried out. */
export interface RewrittenKernels {
  readonly network: Network;
  /** Biases that have moved to the second of two layers: new names by old ones. */
  readonly renamed: ReadonlyMap<string, string>;
}

/** Carries out the plans in the graph. No values are needed. */
export function rewriteKernels(network: Network, plans: readonly KernelPlan[]): RewrittenKernels {
  const kernels = new Map<Node, Extract<KernelPlan, { kind: 'kernel' }>>();
  const layers = new Map<Node, Extract<KernelPlan, { kind: 'layer' }>>();
  for (const plan of plans) {
    if (plan.kind === 'kernel') kernels.set(plan.parameter.variable.node, plan);
    if (plan.kind === 'layer') layers.set(plan.node, plan);
  }
  const biases = biasesOf(network, [...layers.values()]);
  const renamed = new Map<string, string>();
  const rewritten = rewriteNetwork(network, ({ node, inputs, parameter, add }) => {
    const bring = (brought: readonly BroughtParameter[]): Value[] =>
      brought.map((one) => add(one.parameter));
    const layer = parameter && biases.get(parameter.name);
    if (layer !== undefined) {
      const name = `${layer}.bias`;
      renamed.set(parameter!.name, name);
      return [add({ ...parameter!, name, layer })];
    }
    const kernel = kernels.get(node);
    if (kernel) return [kernel.value(bring(kernel.brought))];
    const two = layers.get(node);
    return two && [two.apply(inputs[0]!, bring(two.brought))];
  });
  return { network: rewritten, renamed };
}

/** Names of the biases of layers that become two, each with the layer that takes it. */
function biasesOf(
  { parameters }: Network,
  plans: readonly { parameter: KernelPlan['parameter']; last: string }[],
): Map<string, string> {
  const biases = new Map<string, string>();
  for (const { parameter: kernel, last } of plans) {
    const own = parameters.filter(({ layer }) => layer === kernel.layer);
    if (own.filter(({ role }) => role === 'weight').length > 1) continue;
    for (const { name, role } of own) if (role === 'bias') biases.set(name, last);
  }
  return biases;
}
