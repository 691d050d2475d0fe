import { adam, sgd } from '@pare/core';

const optimizers = {
  sgd: (learningRate) => sgd({ learningRate, momentum: 0.9 }),
  adam: (learningRate) => adam({ learningRate }),
};

/** The optimizer of a job. */
export const optimizerOf = ({ optimizer, learningRate }) => optimizers[optimizer](learningRate);
