import { createReferenceEngine } from '@pare/core/testing';
import { compareEngines } from './testing/compare-engines.ts';
import { normedNetworks, plainNetworks } from './testing/small-networks.ts';

compareEngines(
  'a small network of each family takes the same step on the reference and the engines for use',
  { ...plainNetworks, ...normedNetworks },
  [createReferenceEngine()],
);
