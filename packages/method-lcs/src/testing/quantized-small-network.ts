import { initializeNetwork, SeededRandom } from '@pare/core';
import { addParameters } from '@pare/graph';
import { lcsMethod } from '../lcs-method.ts';
import { lcsOptions } from '../options.ts';
import { regimeOf } from '../regime-of.ts';
import { lcsSettings } from '../settings.ts';
import { smallNetwork } from './small-network.ts';
import { twoImages } from './two-images.ts';
import type { CompressedState, Method, TrainStage } from '@pare/core';
import type { SmallNetworkOptions } from './small-network.ts';

/** The method in the setting "quantized" without warm-up, its training stage, and the small network with what it adds and first weights. */
export function quantizedSmallNetwork(
  norm: NonNullable<SmallNetworkOptions['norm']>,
  changes: object = {},
): { readonly method: Method; readonly stage: TrainStage; readonly state: CompressedState } {
  const plain = smallNetwork({ norm });
  const options = lcsOptions.parse({ setting: 'quantized', warmUpBudget: 0, ...changes });
  const method = lcsMethod(options);
  const stage = method.plan({ network: plain, dataset: twoImages().info }).at(-1) as TrainStage;
  const network = addParameters(plain, regimeOf(lcsSettings(options, plain.name)).added(plain));
  const weights = initializeNetwork(network, new SeededRandom(4));
  const state: CompressedState = { network, weights };
  return { method, stage, state };
}
