import { binaryCases } from './binary-cases.ts';
import { elementwiseCases } from './elementwise-cases.ts';
import { lossCases } from './loss-cases.ts';
import { normCases } from './norm-cases.ts';
import { poolingCases } from './pooling-cases.ts';
import { productCases } from './product-cases.ts';
import { reductionCases } from './reduction-cases.ts';
import { shapeCases } from './shape-cases.ts';
import { stepCases } from './step-cases.ts';
import type { OpCase } from '../op-case.ts';

/** At least one case for every primitive op; most hold gradients too. Names are unique. */
export const opCases: readonly OpCase[] = [
  ...elementwiseCases,
  ...binaryCases,
  ...reductionCases,
  ...shapeCases,
  ...productCases,
  ...poolingCases,
  ...normCases,
  ...lossCases,
  ...stepCases,
];
