import { normal } from '@pare/graph';
import type { LayerInit } from './weight-init.ts';

/** Layers whose biases start at 0.1, so that their ReLUs are open. */
const open = new Set(['conv2', 'conv4', 'conv5', 'fc6', 'fc7']);

/** First values of a layer of AlexNet in Caffe (bvlc_alexnet). */
export function caffeInit(layer: string): LayerInit {
  const deviation = layer === 'fc6' || layer === 'fc7' ? 0.005 : 0.01;
  const bias = open.has(layer) ? 0.1 : 0;
  return {
    initializer: () => normal(deviation),
    biasInitializer: () => ({ kind: 'constant', value: bias }),
  };
}
