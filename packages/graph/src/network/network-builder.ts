import { GraphError } from '../errors/graph-error.ts';
import { numericDim, formatShape } from '../ir/shape.ts';
import { topologicalOrder } from '../ir/topological-order.ts';
import { add } from '../ops/add.ts';
import { batchNorm } from '../ops/batch-norm.ts';
import { conv2d } from '../ops/conv2d.ts';
import { depthwiseConv2d } from '../ops/depthwise-conv2d.ts';
import { dense } from '../composites/dense.ts';
import { groupNorm, instanceNorm } from '../ops/group-norm.ts';
import { input } from '../ops/input.ts';
import { variable } from '../ops/variable.ts';
import { flattenedImage } from './flattened-image.ts';
import { ones, uniformFanIn, zeros } from './initializer.ts';
import type { Value } from '../ir/value.ts';
import type { BatchNormOptions } from '../ops/batch-norm.ts';
import type { Conv2dOptions, WindowOptions } from '../ops/conv-geometry.ts';
import type { GroupNormOptions, InstanceNormOptions } from '../ops/group-norm.ts';
import type { FanInitializer, Initializer } from './initializer.ts';
import type { Network, Parameter } from './network.ts';

/** Initialisation and bias of a layer with weights. */
export interface WeightOptions {
  /** Default: uniform in ±1/sqrt(fan in), as PyTorch does. */
  readonly initializer?: FanInitializer;
  /** Default true. */
  readonly bias?: boolean;
  /** Default: uniform in ±1/sqrt(fan in), as PyTorch does. */
  readonly biasInitializer?: FanInitializer;
}

/** Options of a convolutional layer. */
export interface ConvLayerOptions extends Conv2dOptions, WeightOptions {
  readonly filters: number;
  /** Kernel size: one number, or [height, width]. */
  readonly kernel: number | readonly [number, number];
}

/** What is said of a parameter when it is made. */
export type ParameterOptions = Pick<Parameter, 'role' | 'layout' | 'initializer'> &
  Partial<Pick<Parameter, 'trainable' | 'groups' | 'flattened' | 'layer'>>;

/** Collects the parameters of a network while its graph is written. */
export class NetworkBuilder {
  readonly #parameters = new Map<string, Parameter>();

  /** The network's input [batch, ...shape], float32, named `x`. */
  input(shape: readonly number[]): Value {
    return input('x', ['batch', ...shape]);
  }

  /** A parameter `<layer>.<suffix>`; names must be unique. */
  parameter(name: string, shape: readonly number[], options: ParameterOptions): Value {
    if (this.#parameters.has(name)) {
      throw new GraphError(
        'DUPLICATE_NAME',
        `network: the parameter "${name}" exists already with shape ${formatShape(this.#parameters.get(name)!.shape)}; layer names must differ.`,
      );
    }
    const value = variable(name, shape);
    const layer = options.layer ?? name.slice(0, Math.max(name.lastIndexOf('.'), 0));
    this.#parameters.set(name, {
      trainable: true,
      groups: 1,
      flattened: undefined,
      ...options,
      name,
      layer,
      shape,
      variable: value,
    });
    return value;
  }

  /** Convolution with parameters `<name>.weight` and `<name>.bias`. */
  conv2d(name: string, x: Value, options: ConvLayerOptions): Value {
    const { filters, groups = 1, kernel } = options;
    const [kh, kw] = typeof kernel === 'number' ? [kernel, kernel] : kernel;
    const channels = numericDim(`layer "${name}": channels`, x.shape[3]);
    if (channels % groups !== 0 || filters % groups !== 0) {
      throw new GraphError(
        'BAD_GROUPS',
        `layer "${name}": groups must divide ${channels} channels in and ${filters} out; received ${groups}.`,
      );
    }
    const inPerGroup = channels / groups;
    const fan = { in: kh * kw * inPerGroup, out: (kh * kw * filters) / groups };
    const initializer = (options.initializer ?? uniformFanIn)(fan);
    const weight = this.parameter(`${name}.weight`, [kh, kw, inPerGroup, filters], {
      role: 'weight',
      layout: 'hwio',
      groups,
      initializer,
    });
    return this.#bias(name, conv2d(x, weight, options), filters, fan, options);
  }

  /** Depthwise convolution (multiplier 1) with parameters `<name>.weight` [kh, kw, channels, 1] and `<name>.bias`. */
  depthwiseConv2d(
    name: string,
    x: Value,
    options: Omit<ConvLayerOptions, 'filters' | 'groups'> & WindowOptions,
  ): Value {
    const { kernel } = options;
    const [kh, kw] = typeof kernel === 'number' ? [kernel, kernel] : kernel;
    const channels = numericDim(`layer "${name}": channels`, x.shape[3]);
    const fan = { in: kh * kw, out: kh * kw };
    const initializer = (options.initializer ?? uniformFanIn)(fan);
    const weight = this.parameter(`${name}.weight`, [kh, kw, channels, 1], {
      role: 'weight',
      layout: 'hwcm',
      initializer,
    });
    return this.#bias(name, depthwiseConv2d(x, weight, options), channels, fan, options);
  }

  /**
   * Fully connected layer with parameters `<name>.weight` [in, units] and `<name>.bias`. The weight remembers the image that
   * x is the flattened form of, also where activations or dropout follow flatten().
   */
  dense(name: string, x: Value, options: WeightOptions & { readonly units: number }): Value {
    const { units } = options;
    if (x.shape.length !== 2) {
      throw new GraphError(
        'RANK_MISMATCH',
        `layer "${name}": a dense layer needs [batch, features]; received ${formatShape(x.shape)}. Use flatten().`,
      );
    }
    const features = numericDim(`layer "${name}": features`, x.shape[1]);
    const fan = { in: features, out: units };
    const initializer = (options.initializer ?? uniformFanIn)(fan);
    const weight = this.parameter(`${name}.weight`, [features, units], {
      role: 'weight',
      layout: 'io',
      initializer,
      flattened: flattenedImage(x),
    });
    return this.#bias(name, dense(x, weight), units, fan, options);
  }

  /** Batch norm with parameters `<name>.weight`, `.bias`, `.running_mean` and `.running_var`. */
  batchNorm(
    name: string,
    x: Value,
    options: BatchNormOptions & { readonly scale?: Initializer } = {},
  ): Value {
    const [gamma, beta] = this.#affine(name, x, options.scale);
    const shape = gamma.shape as number[];
    const state = { layout: 'vector', trainable: false } as const;
    const mean = this.parameter(`${name}.running_mean`, shape, {
      ...state,
      role: 'running-mean',
      initializer: zeros,
    });
    const variance = this.parameter(`${name}.running_var`, shape, {
      ...state,
      role: 'running-variance',
      initializer: ones,
    });
    return batchNorm(x, gamma, beta, mean, variance, options);
  }

  /** Group norm with parameters `<name>.weight` and `<name>.bias`. `groups` must divide the channels. */
  groupNorm(
    name: string,
    x: Value,
    options: GroupNormOptions & { readonly scale?: Initializer },
  ): Value {
    return groupNorm(x, ...this.#affine(name, x, options.scale), options);
  }

  /** Instance norm with parameters `<name>.weight` and `<name>.bias`. */
  instanceNorm(
    name: string,
    x: Value,
    options: InstanceNormOptions & { readonly scale?: Initializer } = {},
  ): Value {
    return instanceNorm(x, ...this.#affine(name, x, options.scale), options);
  }

  /** Scale and shift of a norm layer, one for each channel. */
  #affine(name: string, x: Value, scale: Initializer = ones): [Value, Value] {
    const shape = [numericDim(`layer "${name}": channels`, x.shape[3])];
    const layout = 'vector';
    return [
      this.parameter(`${name}.weight`, shape, { role: 'norm-scale', layout, initializer: scale }),
      this.parameter(`${name}.bias`, shape, { role: 'norm-shift', layout, initializer: zeros }),
    ];
  }

  #bias(
    name: string,
    x: Value,
    size: number,
    fan: { in: number; out: number },
    options: WeightOptions,
  ): Value {
    if (options.bias === false) return x;
    const initializer = (options.biasInitializer ?? uniformFanIn)(fan);
    return add(
      x,
      this.parameter(`${name}.bias`, [size], { role: 'bias', layout: 'vector', initializer }),
    );
  }

  /** Closes the network. Parameters that the output does not use are an error. */
  build(name: string, x: Value, output: Value): Network {
    const used = new Set(topologicalOrder([output]));
    const parameters = [...this.#parameters.values()];
    const unused = parameters.filter((parameter) => !used.has(parameter.variable.node));
    if (unused.length > 0) {
      throw new GraphError(
        'UNUSED_PARAMETER',
        `network "${name}": the output does not use ${unused.map((p) => p.name).join(', ')}.`,
      );
    }
    return { name, input: x, output, parameters };
  }
}
