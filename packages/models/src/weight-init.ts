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
import type { Fan, WeightOptions } from '@pare/graph';

/** Option: how weights and biases of a kind of layer start. */
export const weightInitOption = z
  .enum([
    'uniform-fan-in',
    'he-normal-fan-in',
    'he-normal-fan-out',
    'he-uniform-fan-out',
    'signed-fan-in',
    'lecun-normal',
    'glorot-uniform',
    'normal-0.01',
  ])
  .describe(
    'First values: "uniform-fan-in": weights and biases in ±1/sqrt(fan in), the default of PyTorch; ' +
      '"he-normal-fan-in" and "he-normal-fan-out": normal with variance 2/fan; "he-uniform-fan-out": uniform with variance 2/fan out; ' +
      '"signed-fan-in": ±sqrt(2/fan in), equally likely; "lecun-normal": normal with variance 1/fan in; ' +
      '"glorot-uniform": in ±sqrt(6/(fan in + fan out)); "normal-0.01": normal with deviation 0.01',
  );

/** The choice. */
export type WeightInit = z.output<typeof weightInitOption>;

/** Option: how biases start. */
export const biasInitOption = z
  .enum(['uniform-fan-in', 'zeros'])
  .describe('First values of biases: in ±1/sqrt(fan in), the default of PyTorch, or 0');

/** The choice. */
export type BiasInit = z.output<typeof biasInitOption>;

const weights = {
  'uniform-fan-in': uniformFanIn,
  'he-normal-fan-in': heNormal('in'),
  'he-normal-fan-out': heNormal('out'),
  'he-uniform-fan-out': heUniform('out'),
  'signed-fan-in': (fan: Fan) => signed(Math.sqrt(2 / fan.in)),
  'lecun-normal': heNormal('in', 1),
  'glorot-uniform': glorotUniform,
  'normal-0.01': () => normal(0.01),
} as const;

/** Layer options for the choices. */
export const weightInit = (
  weight: WeightInit,
  bias: BiasInit = 'uniform-fan-in',
): Pick<WeightOptions, 'initializer' | 'biasInitializer'> => ({
  initializer: weights[weight],
  biasInitializer: bias === 'zeros' ? () => zeros : uniformFanIn,
});

/** The option for `layerInit`; `what` says which layers. */
export const layerInitOption = (what: string, choice: WeightInit) =>
  weightInitOption
    .default(choice)
    .describe(
      `${what}; biases start at 0 unless it is "uniform-fan-in". ${weightInitOption.description}`,
    );

/** Layer options for one choice: biases in ±1/sqrt(fan in) where the weights start so, else at 0. */
export const layerInit = (weight: WeightInit) =>
  weightInit(weight, weight === 'uniform-fan-in' ? 'uniform-fan-in' : 'zeros');
