import { topologicalOrder } from '../ir/topological-order.ts';
import { nameOf } from '../ops/variable.ts';
import { closeChannelMap } from './channel-map.ts';
import { channelRules } from './channel-rules.ts';
import { fixLayout, joinLayouts, oneSet } from './layout.ts';
import type { Value } from '../ir/value.ts';
import type { Network } from '../network/network.ts';
import type { ChannelMap } from './channel-map.ts';
import type { ChannelLayout } from './layout.ts';

/**
 * Which channels of a network have to live and die together: those that are added to each other, normalised, pooled or filtered one
 * by one, flattened or joined. Channels of the images and of the classes are fixed, as are those that an op handles in a way that is
 * not known here; `fixed` says why.
 */
export function findChannels(network: Network): ChannelMap {
  const finder = new ChannelFinder();
  for (const node of topologicalOrder([network.output])) {
    const rule = channelRules[node.op.name] ?? channelRules.unknown!;
    const [output] = node.outputs;
    if (node === network.input.node) finder.set(output!, imageChannels(output!));
    else rule({ node, finder });
  }
  const logits = finder.of(network.output);
  if (logits) fixLayout(logits, 'they are the outputs of the network');
  return closeChannelMap(finder.axes);
}

const imageChannels = (images: Value): ChannelLayout =>
  oneSet(images.shape.at(-1) as number, 'they are the channels of the images');

/** What is known so far of the channels of values and parameters. */
export class ChannelFinder {
  readonly axes = new Map<string, (ChannelLayout | undefined)[]>();
  readonly #layouts = new Map<Value, ChannelLayout>();

  /** Channels in the last axis of a value; undefined for scalars, parameters and the like. */
  of(value: Value): ChannelLayout | undefined {
    return this.#layouts.get(value);
  }

  set(value: Value, layout: ChannelLayout): void {
    this.#layouts.set(value, layout);
  }

  /** Notes what an axis of a parameter holds. A parameter that is used twice joins what it is used with. */
  parameter(value: Value, axis: number, layout: ChannelLayout): void {
    const name = nameOf(value);
    const axes = this.axes.get(name) ?? value.shape.map(() => undefined);
    const known = axes[axis];
    if (known) joinLayouts(known, layout);
    else axes[axis] = layout;
    this.axes.set(name, axes);
  }
}
