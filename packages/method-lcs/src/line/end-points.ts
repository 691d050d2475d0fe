import { heNormal, normal, ones, zeros } from '@pare/graph';
import type { AddedParameter, Initializer, Parameter } from '@pare/graph';

/** Name of the second end point of a parameter: `conv1.weight` and `conv1.weight1`. */
export const endPointName = (name: string): string => `${name}1`;

/** How second end points start; the authors' networks differ. */
export interface EndPointStart {
  /** Convolutions: as the first end point (fan in), or with the fan out. */
  readonly weights: 'fan-in' | 'fan-out';
  /** The last layer: fan in, or deviation 0.01. */
  readonly classifier: 'fan-in' | 'small';
  /** Norm scales. */
  readonly scale: number;
}

/** What the authors do in each of their networks; other networks start as cPreResNet20. */
export function endPointStart(network: string): EndPointStart {
  if (network.startsWith('resnet-18')) return { weights: 'fan-in', classifier: 'fan-in', scale: 1 };
  if (network.startsWith('vgg-19')) return { weights: 'fan-out', classifier: 'small', scale: 0.5 };
  return { weights: 'fan-out', classifier: 'fan-in', scale: 0.5 };
}

/** The second end point of a weight, norm scale or norm shift. */
export function endPoint(
  parameter: Parameter,
  start: EndPointStart,
  isClassifier: boolean,
): AddedParameter {
  const { name, layer, shape, role, layout, groups, flattened } = parameter;
  return {
    name: endPointName(name),
    layer,
    shape,
    role,
    layout,
    groups,
    flattened,
    initializer: initializer(parameter, start, isClassifier),
  };
}

function initializer(parameter: Parameter, start: EndPointStart, last: boolean): Initializer {
  if (parameter.role === 'norm-scale')
    return start.scale === 1 ? ones : { kind: 'constant', value: start.scale };
  if (parameter.role !== 'weight') return zeros;
  if (last && start.classifier === 'small') return normal(0.01);
  const mode = last || start.weights === 'fan-in' ? 'in' : 'out';
  return heNormal(mode)(fanOf(parameter));
}

/** Fans of a weight [..., in, out] or, depthwise, [kh, kw, channels, multiplier]. */
function fanOf({ shape, layout, groups }: Parameter): { in: number; out: number } {
  const area = shape.slice(0, -2).reduce((a, b) => a * b, 1);
  const [inputs, outputs] = shape.slice(-2) as [number, number];
  if (layout === 'hwcm') return { in: area, out: area * outputs };
  return { in: area * inputs, out: (area * outputs) / groups };
}
