/** How a parameter gets its first values; plain data, drawn by the host from a seeded stream. */
export type Initializer =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'uniform'; readonly low: number; readonly high: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number }
  /** `magnitude` or its negative, equally likely. */
  | { readonly kind: 'signed'; readonly magnitude: number }
  | { readonly kind: 'values'; readonly values: readonly number[] };

/** All zeros. */
export const zeros: Initializer = { kind: 'constant', value: 0 };

/** All ones. */
export const ones: Initializer = { kind: 'constant', value: 1 };

/** Uniform in [-bound, bound]. */
export const uniform = (bound: number): Initializer => ({
  kind: 'uniform',
  low: -bound,
  high: bound,
});

/** Normal with mean 0. */
export const normal = (deviation: number): Initializer => ({ kind: 'normal', mean: 0, deviation });

/** ±magnitude, equally likely. */
export const signed = (magnitude: number): Initializer => ({ kind: 'signed', magnitude });

/** Weights that feed one output (`in`) and that one input feeds (`out`). */
export interface Fan {
  readonly in: number;
  readonly out: number;
}

/** Makes an initializer from the fans of a weight. */
export type FanInitializer = (fan: Fan) => Initializer;

/** Uniform in ±1/sqrt(fan in): PyTorch's default for dense and convolutional layers, weights and biases. */
export const uniformFanIn: FanInitializer = (fan) => uniform(1 / Math.sqrt(fan.in));

/** Normal with variance gain² / fan (He et al. 2015); gain² = 2 for ReLU. */
export const heNormal =
  (mode: 'in' | 'out' = 'in', gain = Math.SQRT2): FanInitializer =>
  (fan) =>
    normal(gain / Math.sqrt(fan[mode]));

/** Uniform with variance gain² / fan (He et al. 2015). */
export const heUniform =
  (mode: 'in' | 'out' = 'in', gain = Math.SQRT2): FanInitializer =>
  (fan) =>
    uniform(gain * Math.sqrt(3 / fan[mode]));

/** Uniform with variance 2 / (fan in + fan out) (Glorot and Bengio 2010). */
export const glorotUniform: FanInitializer = (fan) => uniform(Math.sqrt(6 / (fan.in + fan.out)));
