import { fromTorchLayout, packWeights } from '@pare/core';
import { factoringOf } from '../compressions/low-rank/factoring.ts';
import { expandWeights } from './expand-weights.ts';
import { factoredLayer } from './factored-layer.ts';
import { summedKernel } from './summed-kernel.ts';
import type { HostTensor } from '@pare/core';
import type { FactoredWeights, SummedWeights } from '../compressions/compressed-weights.ts';
import type { Kernel } from './kernel.ts';
import type { BroughtParameter, KernelPlan } from './kernel-plan.ts';
import type { KernelUse } from './kernel-use.ts';
import type { LayerDecision, LayerForm } from './layer-decision.ts';

/** What is known of the network around a kernel. */
export interface KernelPlace {
  readonly use: KernelUse;
  /** Names for two layers instead of one. */
  readonly layers: () => readonly [string, string];
}

/** Decides on the form of a kernel: two layers where they are smaller, a sum where it is stored in fewer bytes. */
export function planKernel(kernel: Kernel, place: KernelPlace): KernelPlan {
  const { theta } = kernel;
  switch (theta.kind) {
    case 'codebook':
      return withValues(kernel, 'codebook', `${theta.codebook.length} values`);
    case 'sparse':
      return withValues(kernel, 'sparse', `${theta.values.length} of ${theta.length} weights`);
    case 'plugin':
      return withValues(kernel, 'dense', `weights of compression "${theta.name}"`);
    case 'factors':
      return planFactors(kernel, theta, place);
    case 'sum':
      return planSum(kernel, theta, place);
  }
}

function planFactors(kernel: Kernel, theta: FactoredWeights, place: KernelPlace): KernelPlan {
  const { rank } = theta;
  const { kind, reason } = factoringOf(theta);
  if (place.use.kind !== 'layer') {
    return withValues(kernel, 'dense', `rank ${rank}, but ${place.use.reason}`, rank);
  }
  if (kind !== 'factors') return withValues(kernel, 'dense', reason, rank);
  const names = place.layers();
  const { brought, apply } = factoredLayer(place.use.node, kernel.parameter, theta, names);
  return {
    kind: 'layer',
    parameter: kernel.parameter,
    decision: { ...decisionOf(kernel, 'factored', reason, brought), rank },
    node: place.use.node,
    brought,
    apply,
    last: names[1],
  };
}

function planSum(kernel: Kernel, theta: SummedWeights, { use }: KernelPlace): KernelPlan {
  const { parameter } = kernel;
  const product = theta.parts.find((part) => part.kind === 'factors');
  if (use.kind === 'beside') return withValues(kernel, 'dense', use.reason, product?.rank);
  const { brought, value } = summedKernel(parameter, theta.parts);
  const values = () => fromTorchLayout(parameter, expandWeights(theta));
  const parts = bytesOf(brought.map((one) => [one.parameter, one.values()]));
  const dense = bytesOf([[parameter, values()]]);
  if (parts >= dense) {
    const reason = `its parts take ${parts} bytes, their sum ${dense}`;
    return withValues(kernel, 'dense', reason, product?.rank);
  }
  const reason = `${parts} bytes instead of ${dense}`;
  const decision = decisionOf(kernel, 'sum', reason, brought);
  const withRank = product ? { ...decision, rank: product.rank } : decision;
  return { kind: 'kernel', parameter, decision: withRank, brought, value };
}

/** Bytes of the file that an artifact stores parameters in. */
function bytesOf(
  parameters: readonly (readonly [{ name: string; shape: readonly number[] }, Float32Array])[],
): number {
  const tensors = parameters.map(([{ name, shape }, data]): [string, HostTensor] => [
    name,
    { dtype: 'float32', shape, data },
  ]);
  return packWeights(new Map(tensors)).storedBytes;
}

/** The kernel stays and takes the values of Δ. */
function withValues(
  kernel: Kernel,
  form: 'dense' | 'codebook' | 'sparse',
  reason: string,
  rank?: number,
): KernelPlan {
  const { parameter, theta } = kernel;
  const values = () => fromTorchLayout(parameter, expandWeights(theta));
  const decision = decisionOf(kernel, form, reason, [{ parameter, content: form, values }]);
  return {
    kind: 'values',
    parameter,
    decision: rank === undefined ? decision : { ...decision, rank },
    values,
  };
}

const decisionOf = (
  { task, parameter: { layer, name } }: Kernel,
  form: LayerForm,
  reason: string,
  brought: readonly BroughtParameter[],
): LayerDecision => ({
  task,
  layer,
  weight: name,
  form,
  reason,
  parameters: brought.map(({ parameter, content }) => ({ name: parameter.name, content })),
});
