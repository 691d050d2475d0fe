import { glorotUniform, uniformFanIn, zeros } from '@pare/graph';
import { z } from 'zod';
import type { WeightOptions } from '@pare/graph';

/** Option: how dense layers start. */
export const denseInitOption = z
  .enum(['uniform-fan-in', 'glorot-uniform'])
  .default('uniform-fan-in')
  .describe(
    'First values of dense layers: "uniform-fan-in": weights and biases in ±1/sqrt(inputs), the default of PyTorch (DeepHoyer); "glorot-uniform": weights in ±sqrt(6/(inputs + outputs)), biases 0 (LC)',
  );

const inits: Record<z.output<typeof denseInitOption>, WeightOptions> = {
  'uniform-fan-in': { initializer: uniformFanIn, biasInitializer: uniformFanIn },
  'glorot-uniform': { initializer: glorotUniform, biasInitializer: () => zeros },
};

/** Layer options for the choice. */
export const denseInit = (choice: z.output<typeof denseInitOption>): WeightOptions => inits[choice];
