import { adam, adamOptions } from './optimizers/adam.ts';
import { sgd, sgdOptions } from './optimizers/sgd.ts';
import { definePlugin, provide } from './registry/define-plugin.ts';
import { part } from './registry/part.ts';
import { services } from './registry/services.ts';
import { constantOptions, constantSchedule } from './schedules/constant.ts';
import { cosineOptions, cosineSchedule } from './schedules/cosine.ts';
import { multiStepOptions, multiStepSchedule } from './schedules/multi-step.ts';
import {
  linearOptions,
  linearSchedule,
  polynomialOptions,
  polynomialSchedule,
} from './schedules/ramp.ts';
import { stepOptions, stepSchedule } from './schedules/step.ts';
import { warmUp, warmUpOptions } from './schedules/warm-up.ts';
import type { Optimizer } from './contracts/optimizer.ts';
import type { Schedule } from './contracts/schedule.ts';
import type { Plugin, Provision } from './registry/define-plugin.ts';

const optimizer: Record<string, Provision<Optimizer>> = {
  sgd: provide({
    description: 'Stochastic gradient descent with momentum',
    options: sgdOptions,
    create: ({ options }) => sgd(options),
  }),
  adam: provide({
    description: 'Adam, or AdamW with decay: decoupled',
    options: adamOptions,
    create: ({ options }) => adam(options),
  }),
};

const schedule: Record<string, Provision<Schedule>> = {
  constant: provide({
    description: 'One factor at all times',
    options: constantOptions,
    create: ({ options }) => constantSchedule(options),
  }),
  step: provide({
    description: 'Times gamma after every so many epochs or steps',
    options: stepOptions,
    create: ({ options }) => stepSchedule(options),
  }),
  'multi-step': provide({
    description: 'Times gamma at each milestone',
    options: multiStepOptions,
    create: ({ options }) => multiStepSchedule(options),
  }),
  cosine: provide({
    description: 'Half a cosine down to a last factor',
    options: cosineOptions,
    create: ({ options }) => cosineSchedule(options),
  }),
  linear: provide({
    description: 'A straight ramp',
    options: linearOptions,
    create: ({ options }) => linearSchedule(options),
  }),
  polynomial: provide({
    description: 'A ramp with a power',
    options: polynomialOptions,
    create: ({ options }) => polynomialSchedule(options),
  }),
  'warm-up': provide({
    description: 'A straight ramp up before another schedule',
    options: warmUpOptions.extend({
      then: part('schedule').default({ name: 'constant', factor: 1 }),
    }),
    needs: { run: services.run },
    create: async ({ options: { then, ...ramp }, deps }) =>
      warmUp(await deps.run.create('schedule', then), ramp),
  }),
};

/** What this package itself brings: optimizers and schedules. Every registry has it. */
export const corePlugin: Plugin = definePlugin({
  name: '@pare/core',
  core: '*',
  provides: { optimizer, schedule },
});
