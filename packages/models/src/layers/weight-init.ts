import {
  glorotUniform,
  heNormal,
  heUniform,
  normal,
  signed,
  uniformFanIn,
  zeros,
} from '@pare/graph';
import { z } from 'zod';
import type { Fan, FanInitializer, WeightOptions } from '@pare/graph';

/** How weights may start. */
export const weightInits = z.enum([
  'uniform-fan-in',
  'he-normal-fan-in',
  'he-normal-fan-out',
  'he-uniform-fan-out',
  'signed-fan-in',
  'lecun-normal',
  'glorot-uniform',
  'normal-0.01',
]);

/** The choice. */
export type WeightInit = z.output<typeof weightInits>;

/** What the choices mean, for the descriptions of options. */
export const weightInitMeanings =
  '"uniform-fan-in": weights and biases in ±1/sqrt(fan in), the default of PyTorch; with all others biases start at 0, and weights ' +
  '"he-normal-fan-in", "he-normal-fan-out": normal with variance 2/fan; "he-uniform-fan-out": uniform with variance 2/fan out; ' +
  '"signed-fan-in": ±sqrt(2/fan in), equally likely; "lecun-normal": normal with variance 1/fan in; ' +
  '"glorot-uniform": in ±sqrt(6/(fan in + fan out)); "normal-0.01": normal with deviation 0.01';

/** Option `init` or `denseInit`; `layers` says which layers start so. */
export const initOption = (layers: string, choice: WeightInit) =>
  weightInits.default(choice).describe(`First values of ${layers}: ${weightInitMeanings}`);

/** How biases may start. */
export const biasInits = z.enum(['uniform-fan-in', 'zeros']);

/** The choice. */
export type BiasInit = z.output<typeof biasInits>;

const initializers: Readonly<Record<WeightInit, FanInitializer>> = {
  'uniform-fan-in': uniformFanIn,
  'he-normal-fan-in': heNormal('in'),
  'he-normal-fan-out': heNormal('out'),
  'he-uniform-fan-out': heUniform('out'),
  'signed-fan-in': (fan: Fan) => signed(Math.sqrt(2 / fan.in)),
  'lecun-normal': heNormal('in', 1),
  'glorot-uniform': glorotUniform,
  'normal-0.01': () => normal(0.01),
};

/** How weights and biases of a layer start. */
export type LayerInit = Required<Pick<WeightOptions, 'initializer' | 'biasInitializer'>>;

/** Layer options for the choices. Biases start as the weights do where these are "uniform-fan-in", else at 0. */
export const layerInit = (
  weight: WeightInit,
  bias: BiasInit = weight === 'uniform-fan-in' ? weight : 'zeros',
): LayerInit => ({
  initializer: initializers[weight],
  biasInitializer: bias === 'zeros' ? () => zeros : uniformFanIn,
});

/** The same for a convolution in groups: the published codes take all filters for the fan out, not those of one group. */
export const groupedInit = ({ initializer, ...rest }: LayerInit, groups: number): LayerInit => ({
  ...rest,
  initializer: (fan) => initializer({ in: fan.in, out: fan.out * groups }),
});
