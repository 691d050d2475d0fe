import { convolutionEmitters } from './convolutions.ts';
import { cpuEmitters } from './cpu.ts';
import { depthwiseEmitters } from './depthwise-convolutions.ts';
import { elementwiseEmitters } from './elementwise.ts';
import { learningEmitters } from './learning.ts';
import { poolingEmitters } from './pooling.ts';
import { reductionEmitters } from './reductions.ts';
import { shapeEmitters } from './shapes.ts';
import type { Emitter } from '../graphdef/program-emitter.ts';

const general: Readonly<Record<string, Emitter>> = {
  ...elementwiseEmitters,
  ...reductionEmitters,
  ...shapeEmitters,
  ...convolutionEmitters,
  ...depthwiseEmitters,
  ...poolingEmitters,
  ...learningEmitters,
};

/** What programs run on. */
export type Device = 'cpu' | 'gpu';

const byDevice: Readonly<Record<Device, ReadonlyMap<string, Emitter>>> = {
  cpu: new Map(Object.entries({ ...general, ...cpuEmitters })),
  gpu: new Map(Object.entries(general)),
};

/** Emitter of every primitive op by name. */
export function emittersFor(device: Device): ReadonlyMap<string, Emitter> {
  return byDevice[device];
}
