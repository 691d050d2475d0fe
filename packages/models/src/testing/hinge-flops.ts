import { costReport, topologicalOrder } from '@pare/graph';
import type { Network } from '@pare/graph';

/**
 * FLOPs of one image as Hinge's code counts them: multiply-adds, 2 an element for batch norms, and 1 an element for ReLUs
 * that are modules of the network rather than function calls.
 */
export function hingeFlops(network: Network, { countsRelu }: { countsRelu: boolean }): number {
  const each: Readonly<Record<string, number>> = { batchNorm: 2, relu: countsRelu ? 1 : 0 };
  const nodes = topologicalOrder([network.output]).map((node) => {
    const elements = (node.outputs[0]!.shape.slice(1) as number[]).reduce((a, b) => a * b, 1);
    return (each[node.op.name] ?? 0) * elements;
  });
  return nodes.reduce((a, b) => a + b) + costReport(network).macs;
}
