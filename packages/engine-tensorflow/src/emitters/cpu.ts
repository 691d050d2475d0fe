import { bool, typeOf } from '../graphdef/tf-attribute.ts';
import { pointwiseEmitters } from './pointwise-convolutions.ts';
import type { Emitter } from '../graphdef/program-emitter.ts';

/** Selects, where TopKV2 sorts all that is larger too; the kernel is for CPUs only. */
const emitKthLargest: Emitter = ({ op, inputs: [x, k], intConstant }) => {
  const [place] = op('Sub', [k!, intConstant(1)], { T: typeOf('int32') });
  return op('NthElement', [x!, place!], { reverse: bool(true) });
};

/** Emitters of ops that CPUs compute faster in another way than the one for all devices. */
export const cpuEmitters: Readonly<Record<string, Emitter>> = {
  ...pointwiseEmitters,
  kthLargest: emitKthLargest,
};
