/** Filters of the 3 x 3 convolutions, a list for each stage; after a stage the image is halved. */
export const vggStages = {
  // BiP; numbered by convolutions.
  2: [[64], [64]],
  4: [
    [64, 64],
    [128, 128],
  ],
  6: [
    [64, 64],
    [128, 128],
    [256, 256],
  ],
  8: [
    [64, 64],
    [128, 128],
    [256, 256],
    [512, 512],
  ],
  // Simonyan and Zisserman (2015), configurations A, B, D and E; numbered by layers with weights.
  11: [[64], [128], [256, 256], [512, 512], [512, 512]],
  13: [
    [64, 64],
    [128, 128],
    [256, 256],
    [512, 512],
    [512, 512],
  ],
  16: [
    [64, 64],
    [128, 128],
    [256, 256, 256],
    [512, 512, 512],
    [512, 512, 512],
  ],
  19: [
    [64, 64],
    [128, 128],
    [256, 256, 256, 256],
    [512, 512, 512, 512],
    [512, 512, 512, 512],
  ],
  // Hinge: 13 convolutions, half as wide.
  ef: [
    [32, 64],
    [128, 128],
    [256, 256, 256],
    [256, 256, 256],
    [256, 256, 256],
  ],
} as const satisfies Readonly<Record<string | number, readonly (readonly number[])[]>>;

/** Which configuration. */
export type VggDepth = keyof typeof vggStages;
