import { test } from '@jest/globals';
import { NetworkBuilder } from '@pare/graph';
import { describeNatively } from './describe-natively.ts';
import { expectTrained } from './expect-trained.ts';
import { trainingStep } from './training-step.ts';
import type { TrainingGroup } from './training-groups.ts';

/** One network to train. */
interface Case {
  readonly name: string;
  readonly options: object;
  /** Those that it stands for, too. */
  readonly others: readonly string[];
}

/** The suite of one training step of every network of a group. */
export function describeTrainingSteps({ parts, side, insteadOf }: TrainingGroup): void {
  describeNatively('one step trains every parameter of', (engine) => {
    for (const { name, options, others } of casesOf(parts, insteadOf)) {
      const also = others.length > 0 ? ` (in place of ${others.join(', ')}, too)` : '';
      const given = Object.keys(options).length > 0 ? ` ${JSON.stringify(options)}` : '';
      test(`${name}${given}${also}`, async () => {
        const part = parts[name]!;
        const model = await part.create({ options: part.options.parse(options), deps: {} });
        const pixels = side(name);
        const task = { imageShape: [pixels, pixels, 3], classes: 10 } as const;
        const network = model.build(new NetworkBuilder(), task);
        expectTrained(network, await trainingStep(engine(), network));
      });
    }
  });
}

function casesOf(parts: TrainingGroup['parts'], insteadOf: TrainingGroup['insteadOf']): Case[] {
  const cases = new Map<string, Case>();
  for (const name of Object.keys(parts)) {
    const [trained, options = {}] = insteadOf[name] ?? [name];
    const key = `${trained} ${JSON.stringify(options)}`;
    const others = cases.get(key)?.others ?? [];
    cases.set(key, {
      name: trained,
      options,
      others: name in insteadOf ? [...others, name] : others,
    });
  }
  return [...cases.values()];
}
