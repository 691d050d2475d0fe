import { dropout } from '@pare/graph';
import { z } from 'zod';
import type { Value } from '@pare/graph';

/** Option: probability that an element becomes 0 in training. Its description says where. */
export const dropoutRate = z.number().min(0).lt(1);

/** x with dropout; x itself at rate 0, so that the network needs no seed. */
export const dropoutLayer = (x: Value, rate: number): Value => (rate > 0 ? dropout(x, rate) : x);
