import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { RunnableModel, loadArtifact, optionsOf, readRunReport, runExperiment } from '@pare/core';
import { createReferenceEngine } from '@pare/core/testing';
import { lcsMethod } from './lcs-method.ts';
import { lcsOptions } from './options.ts';
import { allVariants, blobRun } from './testing/blob-runs.ts';
import { countSessions } from './testing/count-sessions.ts';
import { outputsOf } from './testing/outputs-of.ts';
import { uniformFill } from './testing/name-fill.ts';
import type { Evaluation } from '@pare/core';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'pare-lcs-')), 'run');
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const images = Float32Array.from(uniformFill(5, 5 * 4));

/** The method as one makes it who has the artifact only. */
const methodOf = (recipe: unknown) => lcsMethod(optionsOf(recipe, 'method', lcsOptions));

const close = ({ correct, loss }: Evaluation) => ({ correct, loss: expect.closeTo(loss, 5) });

describe.each(allVariants)(
  'a model of %s %s that was saved and loaded',
  (setting, variant, norm) => {
    test('gives the results of its run and can be set to any level', async () => {
      const parts = blobRun(setting, variant, norm);
      for await (const _event of runExperiment({ ...parts, folder }));
      const { evaluation, points } = await readRunReport(folder);
      const artifact = await loadArtifact(join(folder, 'model'));
      const method = methodOf(artifact.recipe);
      const { engine, counts } = countSessions(createReferenceEngine());
      await using model = await RunnableModel.open({
        ...artifact,
        method,
        engine,
        clock: parts.clock!,
      });

      // As it was evaluated in training, at the least compressed level, and then at all of the grid.
      expect(await model.evaluate(parts.dataset)).toMatchObject(close(evaluation));
      for (const { point, evaluation: known } of points) {
        await model.at(point.name);
        expect(await model.evaluate(parts.dataset)).toMatchObject(close(known));
      }

      const [dial] = method.dials!(artifact);
      const levels = [0, 0.31, 0.77, 1].map((share) => {
        const value = dial!.from + share * (dial!.to - dial!.from);
        return dial!.whole ? Math.round(value) : value;
      });
      const seen = new Set<string>();
      for (const level of levels) {
        await model.at({ [dial!.name]: level });
        const logits = [...(await model.predict(images))];
        const expected = outputsOf(model.plain(), 5);
        logits.forEach((logit, i) => expect(logit).toBeCloseTo(expected[i]!, 4));
        seen.add(logits.map((logit) => logit.toFixed(4)).join());
      }
      expect(seen.size).toBeGreaterThan(1);

      // A switch feeds another number or writes weights. Only lec, whose networks are cut on the host, opens sessions.
      const switches = points.length + levels.length;
      if (variant === 'lec') expect(counts.opened).toBeGreaterThan(1);
      else if (setting === 'structured') expect(counts).toMatchObject({ opened: 1, writes: 1 });
      else expect(counts).toMatchObject({ opened: 1, writes: 1 + switches });
    }, 60_000);
  },
);
