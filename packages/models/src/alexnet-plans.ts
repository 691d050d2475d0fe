/** A convolution of an AlexNet with what follows it: norm, ReLU, pooling. */
export interface AlexnetConvolution {
  readonly name: string;
  /** Name of its norm, where the option `norm` asks for one. */
  readonly norm: string;
  readonly filters: number;
  readonly kernel: number;
  /** Default 1. */
  readonly stride?: number;
  readonly padding: number;
  /** Default 1. */
  readonly groups?: number;
  /** Local response normalization after the ReLU, where the option `norm` says so. */
  readonly response?: boolean;
  readonly pooled?: boolean;
}

/** A hidden dense layer. */
export interface AlexnetDense {
  readonly name: string;
  readonly norm: string;
}

/** An AlexNet. */
export interface AlexnetPlan {
  readonly convolutions: readonly AlexnetConvolution[];
  readonly pool: { readonly size: number; readonly strides: number };
  /** Hidden layers of 4096 units; without them the logits come from the mean of the last map. */
  readonly hidden: readonly AlexnetDense[];
  readonly logits: string;
  /** Where dropout stands: before the hidden layers, or behind their ReLUs. */
  readonly dropout: 'before' | 'behind';
}

/** Max pooling of 3 x 3 pixels that overlaps. */
const overlapping = { size: 3, strides: 2 };

/** Pixels a side of the map that the hidden layers read. */
export const hiddenMap = 6;

/** Krizhevsky (2014), as torchvision has it. */
export const torchvisionPlan: AlexnetPlan = {
  convolutions: [
    {
      name: 'features.0',
      norm: 'bn1',
      filters: 64,
      kernel: 11,
      stride: 4,
      padding: 2,
      pooled: true,
    },
    { name: 'features.3', norm: 'bn2', filters: 192, kernel: 5, padding: 2, pooled: true },
    { name: 'features.6', norm: 'bn3', filters: 384, kernel: 3, padding: 1 },
    { name: 'features.8', norm: 'bn4', filters: 256, kernel: 3, padding: 1 },
    { name: 'features.10', norm: 'bn5', filters: 256, kernel: 3, padding: 1, pooled: true },
  ],
  pool: overlapping,
  hidden: [
    { name: 'classifier.1', norm: 'bn6' },
    { name: 'classifier.4', norm: 'bn7' },
  ],
  logits: 'classifier.6',
  dropout: 'before',
};

/** The same for 32 x 32 pixels, with one dense layer (pytorch-classification; DeepHoyer). */
export const cifarPlan: AlexnetPlan = {
  ...torchvisionPlan,
  convolutions: [
    { ...torchvisionPlan.convolutions[0]!, padding: 5 },
    ...torchvisionPlan.convolutions.slice(1),
  ],
  pool: { size: 2, strides: 2 },
  hidden: [],
  logits: 'classifier',
};

/** The network of Caffe without groups and with batch norm (LC). */
export const normalizedPlan: AlexnetPlan = {
  convolutions: [
    {
      name: 'features.0',
      norm: 'features.1',
      filters: 96,
      kernel: 11,
      stride: 4,
      padding: 2,
      pooled: true,
    },
    { name: 'features.4', norm: 'features.5', filters: 256, kernel: 5, padding: 2, pooled: true },
    { name: 'features.8', norm: 'features.9', filters: 384, kernel: 3, padding: 1 },
    { name: 'features.11', norm: 'features.12', filters: 384, kernel: 3, padding: 1 },
    { name: 'features.14', norm: 'features.15', filters: 256, kernel: 3, padding: 1, pooled: true },
  ],
  pool: overlapping,
  hidden: [
    { name: 'classifier.0', norm: 'classifier.1' },
    { name: 'classifier.4', norm: 'classifier.5' },
  ],
  logits: 'classifier.8',
  dropout: 'behind',
};

/** Krizhevsky et al. (2012) in one piece, as Caffe has it (bvlc_alexnet). */
export const caffePlan: AlexnetPlan = {
  convolutions: [
    {
      name: 'conv1',
      norm: 'bn1',
      filters: 96,
      kernel: 11,
      stride: 4,
      padding: 0,
      response: true,
      pooled: true,
    },
    {
      name: 'conv2',
      norm: 'bn2',
      filters: 256,
      kernel: 5,
      padding: 2,
      groups: 2,
      response: true,
      pooled: true,
    },
    { name: 'conv3', norm: 'bn3', filters: 384, kernel: 3, padding: 1 },
    { name: 'conv4', norm: 'bn4', filters: 384, kernel: 3, padding: 1, groups: 2 },
    { name: 'conv5', norm: 'bn5', filters: 256, kernel: 3, padding: 1, groups: 2, pooled: true },
  ],
  pool: overlapping,
  hidden: [
    { name: 'fc6', norm: 'bn6' },
    { name: 'fc7', norm: 'bn7' },
  ],
  logits: 'fc8',
  dropout: 'behind',
};

/** The smallest image, in pixels a side, whose last map suffices. */
export function smallestImage({ convolutions, pool, hidden }: AlexnetPlan): number {
  let side = hidden.length > 0 ? hiddenMap : 1;
  for (const { kernel, stride = 1, padding, pooled } of [...convolutions].reverse()) {
    if (pooled) side = (side - 1) * pool.strides + pool.size;
    side = (side - 1) * stride + kernel - 2 * padding;
  }
  return side;
}
