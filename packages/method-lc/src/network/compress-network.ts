import { essentialTheta } from './essential-theta.ts';
import { withConstantLayers } from './constant-layers.ts';
import { kernelsOf } from './kernel.ts';
import { planKernels, rewriteKernels } from './rewrite-kernels.ts';
import type { CompressedState, HostTensor, Tensors } from '@pare/core';
import type { Network } from '@pare/graph';
import type { CompressedTask } from './kernel.ts';
import type { KernelPlan } from './kernel-plan.ts';
import type { LayerDecision } from './layer-decision.ts';

export type { CompressedTask } from './kernel.ts';

/**
 * The network with Δ(Θ) for its compressed weights, in the form that is smallest: a layer of low rank becomes two, one of rank 0
 * its bias, a sum the sum of parameters that are small when they are packed; codebooks and sparse weights leave the graph as it
 * is. A layer is not factored where that takes more numbers than it has, or where its kernel is read otherwise than by one plain
 * convolution or dense product. Each decision is stated. Other weights stay as they are, those beside the graph too. Throws
 * `UNKNOWN_PARAMETER`, `DUPLICATE_PARAMETER` or `STATE_MISMATCH` where tasks and network do not fit.
 */
export function compressNetwork(
  state: CompressedState,
  compressed: readonly CompressedTask[],
): CompressedState & { readonly decisions: readonly LayerDecision[] } {
  const kernels = kernelsOf(state.network, compressed).map((kernel) => ({
    ...kernel,
    theta: essentialTheta(kernel.theta),
  }));
  const { network, decisions: early } = withConstantLayers(state.network, kernels);
  const decided = new Map(early.map((decision) => [decision.weight, decision]));
  const plans = planKernels(
    network,
    kernels.filter(({ parameter }) => !decided.has(parameter.name)),
  );
  for (const { decision } of plans) decided.set(decision.weight, decision);
  const { network: rewritten, renamed } = rewriteKernels(network, plans);
  const moved = new Map(
    [...state.weights].map(([name, tensor]) => [renamed.get(name) ?? name, tensor]),
  );
  return {
    network: rewritten,
    weights: weightsOf(state.network, rewritten, moved, plans),
    decisions: kernels.map(({ parameter }) => decided.get(parameter.name)!),
  };
}

/** Weights of the new network, in the order of its parameters, and what lies beside it. */
function weightsOf(
  before: Network,
  after: Network,
  known: Tensors,
  plans: readonly KernelPlan[],
): Tensors {
  const values = new Map(plans.flatMap(valuesOf));
  const weights = new Map<string, HostTensor>();
  for (const { name, shape } of after.parameters) {
    const data = values.get(name);
    const tensor = data ? { dtype: 'float32' as const, shape, data: data() } : known.get(name);
    if (tensor) weights.set(name, tensor);
  }
  const gone = new Set(before.parameters.map(({ name }) => name));
  for (const [name, tensor] of known) {
    if (!weights.has(name) && !gone.has(name)) weights.set(name, tensor);
  }
  return weights;
}

function valuesOf(plan: KernelPlan): (readonly [string, () => Float32Array])[] {
  if (plan.kind === 'values') return [[plan.parameter.name, plan.values]];
  return plan.brought.map(({ parameter, values }) => [parameter.name, values]);
}
