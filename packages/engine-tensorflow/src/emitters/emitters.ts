import { convolutionEmitters } from './convolutions.ts';
import { depthwiseEmitters } from './depthwise-convolutions.ts';
import { elementwiseEmitters } from './elementwise.ts';
import { learningEmitters } from './learning.ts';
import { poolingEmitters } from './pooling.ts';
import { reductionEmitters } from './reductions.ts';
import { shapeEmitters } from './shapes.ts';
import type { Emitter } from '../graphdef/program-emitter.ts';

/** Emitter of every primitive op by name. */
export const emitters: ReadonlyMap<string, Emitter> = new Map(
  Object.entries({
    ...elementwiseEmitters,
    ...reductionEmitters,
    ...shapeEmitters,
    ...convolutionEmitters,
    ...depthwiseEmitters,
    ...poolingEmitters,
    ...learningEmitters,
  }),
);
