import { compareEngines } from './testing/compare-engines.ts';
import { largerNetworks } from './testing/small-networks.ts';

compareEngines('larger networks take the same step on the engines for use', largerNetworks);
