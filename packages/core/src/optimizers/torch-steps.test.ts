import { expect, test } from '@jest/globals';
import { NetworkBuilder, add, constant, input, maximum, mul, program } from '@pare/graph';
import { evaluate } from '@pare/graph/testing';
import { adam } from './adam.ts';
import { sgd } from './sgd.ts';
import type { Parameter } from '@pare/graph';
import type { GradientPair, Optimizer } from '../contracts/optimizer.ts';
import type { HostTensor } from '../contracts/tensor.ts';

const start = [0.5, -0.25, 0, 1, 0, -0.75];

/** (a * i + b) mod m - c) / d for i = 0 .. 5: the generator of gradients. */
const ramp = (a: number, b: number, m: number, c: number, d: number) =>
  start.map((_, i) => (((a * i + b) % m) - c) / d);
const gradients = [
  ramp(17, 3, 23, 11, 40),
  ramp(19, 5, 29, 14, 40),
  ramp(11, 2, 31, 15, 40),
  ramp(13, 7, 19, 9, 20),
];
const rates = [0.1, 0.05, 0.05, 0.025];

function parameters(names: readonly string[]): Parameter[] {
  const builder = new NetworkBuilder();
  const x = builder.input([6]);
  const values = names.map((name) =>
    builder.parameter(name, [6], {
      role: 'weight',
      layout: 'vector',
      initializer: { kind: 'constant', value: 0 },
    }),
  );
  return [
    ...builder.build(
      'net',
      x,
      values.reduce((sum, value) => add(sum, value), x),
    ).parameters,
  ];
}

type Group = Omit<GradientPair, 'parameter' | 'gradient'> & { mask?: number[] };

/** Weights after each step, for one parameter a group; every parameter gets the same gradient. */
function train(optimizer: Optimizer, groups: Group[] = [{}], stepRates = rates) {
  const gradient = input('gradient', [6]);
  const pairs = parameters(groups.map((_, i) => `p${i}`)).map((parameter, i): GradientPair => {
    const { mask, ...settings } = groups[i]!;
    return {
      ...settings,
      parameter,
      gradient: mask ? mul(gradient, constant(mask)) : mul(gradient, 1),
    };
  });
  const plan = optimizer.plan(pairs);
  const step = program({ outputs: {}, updates: plan.updates });
  const tensor = (values: readonly number[]): HostTensor => ({
    dtype: 'float32',
    shape: [values.length],
    data: Float32Array.from(values),
  });
  let variables: ReadonlyMap<string, HostTensor> = new Map([
    ...groups.map((_, i) => [`p${i}`, tensor(start)] as const),
    ...plan.state,
  ]);
  return stepRates.map((rate, i) => {
    const feeds = { ...plan.feeds(i + 1, rate), gradient: tensor(gradients[i]!) };
    const after = evaluate(step, feeds, variables).variables;
    variables = new Map(
      [...after].map(([name, { shape, data }]) => [
        name,
        { dtype: 'float32', shape, data: Float32Array.from(data) },
      ]),
    );
    return groups.map((_, group) => [...variables.get(`p${group}`)!.data]);
  });
}

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  actual.forEach((value, i) =>
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(
      1e-6 * Math.abs(expected[i]!) + 2e-7,
    ),
  );
}

// torch 2.13 on one CPU thread: torch.optim.SGD, Adam and AdamW, p0 = start, p.grad = gradients[i], param_groups' lr =
// rates[i] before each step; values after the first and the fourth step.
const torch: [string, Optimizer, number[], number[]][] = [
  [
    'SGD',
    sgd(),
    [0.519999981, -0.272500008, -0.0075000003, 1.00750005, 0.022499999, -0.769999981],
    [0.550000012, -0.272500008, -0.0250000004, 1.03500009, 0.0199999996, -0.789999962],
  ],
  [
    'SGD(weight_decay=0.1)',
    sgd({ weightDecay: 0.1 }),
    [0.514999986, -0.270000011, -0.0075000003, 0.997500002, 0.022499999, -0.762499988],
    [0.538463354, -0.266551167, -0.0248785, 1.01245308, 0.019804107, -0.772981763],
  ],
  [
    'SGD(momentum=0.9, weight_decay=0.1)',
    sgd({ momentum: 0.9, weightDecay: 0.1 }),
    [0.514999986, -0.270000011, -0.0075000003, 0.997500002, 0.022499999, -0.762499988],
    [0.571376801, -0.299956322, -0.0376142748, 1.02358663, 0.0281933025, -0.783768058],
  ],
  [
    'SGD(momentum=0.9, nesterov=True, weight_decay=0.1)',
    sgd({ momentum: 0.9, nesterov: true, weightDecay: 0.1 }),
    [0.528500021, -0.287999988, -0.01425, 0.995249987, 0.0427499972, -0.773750007],
    [0.602025628, -0.310710609, -0.0584460087, 1.03359973, 0.0446509458, -0.80301702],
  ],
  [
    'Adam',
    adam(),
    [0.600000024, -0.349999994, -0.0999999791, 1.10000002, 0.0999999866, -0.850000024],
    [0.722865462, -0.431476533, -0.193378046, 1.21360135, 0.105529949, -0.939011812],
  ],
  [
    'Adam(betas=(0.8, 0.95), eps=1e-3, weight_decay=0.1)',
    adam({ beta1: 0.8, beta2: 0.95, epsilon: 1e-3, weightDecay: 0.1 }),
    [0.599337757, -0.349502504, -0.0986842066, 0.903846145, 0.099557519, -0.849206328],
    [0.719648123, -0.415307194, -0.185314268, 0.991675377, 0.0976961032, -0.890136242],
  ],
  [
    'AdamW(weight_decay=0.1)',
    adam({ weightDecay: 0.1, decay: 'decoupled' }),
    [0.595000029, -0.347499996, -0.0999999791, 1.09000003, 0.0999999866, -0.842500031],
    [0.709958494, -0.424191296, -0.191785976, 1.18957376, 0.104309738, -0.920711219],
  ],
  [
    // By hand in torch: p = p * (1 - lr * 0.1); buf = buf * 0.9 + g; p = p - lr * buf.
    'SGD with momentum after decoupled decay',
    sgd({ momentum: 0.9, weightDecay: 0.1, decay: 'decoupled' }),
    [0.515, -0.27, -0.0075, 0.9975, 0.0225, -0.7625],
    [0.581089199, -0.304950058, -0.0376875103, 1.04267156, 0.028387703, -0.798198283],
  ],
];

test.each(torch)('moves weights as PyTorch does: %s', (_name, optimizer, first, fourth) => {
  const steps = train(optimizer).map(([weights]) => weights!);
  expectClose(steps[0]!, first);
  expectClose(steps[3]!, fourth);
});

test('groups have their own rate and decay', () => {
  // torch: a second param_group with lr * 0.1 and weight_decay 0.2.
  const optimizer = sgd({ momentum: 0.9, weightDecay: 0.1 });
  const [first, second] = train(optimizer, [{}, { learningRateScale: 0.1, weightDecay: 0.2 }])[3]!;
  expectClose(first!, torch[2]![3]);
  expectClose(
    second!,
    [0.505101681, -0.25400871, -0.00377962575, 0.998204291, 0.00285638985, -0.750282109],
  );
});

test('decoupled decay follows the rate of the group', () => {
  const optimizer = sgd({ weightDecay: 0.5, decay: 'decoupled' });
  const groups = [{}, { learningRateScale: 0.5 }, { weightDecay: 0 }];
  const [[whole, half, none]] = train(optimizer, groups, [0.1]) as [number[][]];
  // w (1 - lr s wd) - lr s g with w = 1 and g = -0.075.
  expect(whole![3]).toBeCloseTo(0.95 + 0.0075, 6);
  expect(half![3]).toBeCloseTo(0.975 + 0.00375, 6);
  expect(none![3]).toBeCloseTo(1 + 0.0075, 6);
});

test('a projection is applied to what is stored', () => {
  for (const optimizer of [sgd(), sgd({ momentum: 0.5 }), adam()]) {
    const [weights] = train(optimizer, [{ project: (value) => maximum(value, 0.3) }])[0]!;
    expect(Math.min(...weights!)).toBeCloseTo(0.3, 6);
    expect(weights![3]).toBeGreaterThan(0.9);
  }
});

// The masked steps of DeepHoyer's fine-tuning scripts (torch, float32): the gradient is masked where the weight is 0.
const mask = [1, 1, 0, 1, 0, 1];

test('masked Adam keeps zeros and moves the others as the reference', () => {
  const decay = train(adam({ weightDecay: 1e-4 }), [{ mask }], [1e-3, 1e-3, 1e-3]);
  expectClose(decay[2]![0]!, [0.502995968, -0.252672911, 0, 1.00285017, 0, -0.7523489]);
  const plain = train(adam(), [{ mask }], [1e-4, 1e-4, 1e-4]);
  expectClose(plain[2]![0]!, [0.500299633, -0.250267297, 0, 1.00028503, 0, -0.750234962]);
  expect([plain[2]![0]![2], plain[2]![0]![4]]).toEqual([0, 0]);
});

test('masked SGD keeps zeros and moves the others as the reference', () => {
  const steps = train(sgd({ momentum: 0.9, weightDecay: 5e-4 }), [{ mask }], [0.1, 0.01, 0.001]);
  expectClose(steps[0]![0]!, [0.519975007, -0.272487491, 0, 1.00744998, 0, -0.76996249]);
  expectClose(steps[1]![0]!, [0.524020135, -0.277009994, 0, 1.01061547, 0, -0.771505237]);
  expectClose(steps[2]![0]!, [0.524708927, -0.277366877, 0, 1.0111748, 0, -0.771918714]);
});
