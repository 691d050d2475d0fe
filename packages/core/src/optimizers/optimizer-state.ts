import { variable } from '@pare/graph';
import type { Parameter, Value } from '@pare/graph';
import type { HostTensor } from '../contracts/tensor.ts';

/** Variables that an optimizer keeps next to the parameters; they start at zero. */
export class OptimizerState {
  readonly values = new Map<string, HostTensor>();

  /** The variable `<parameter>/<suffix>` with the parameter's shape. */
  zeros({ name, shape }: Parameter, suffix: string): Value {
    const key = `${name}/${suffix}`;
    const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
    this.values.set(key, { dtype: 'float32', shape, data });
    return variable(key, shape);
  }
}
