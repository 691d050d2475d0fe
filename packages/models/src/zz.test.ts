import { test } from '@jest/globals';
import { NetworkBuilder } from '@pare/graph';
import plugin from './index.ts';
import { describeNatively } from './testing/describe-natively.ts';
import { trainingStep } from './testing/training-step.ts';
import type { ModelTask } from '@pare/core';
import fs from 'node:fs';
const tasks = [1,2,4,8,12,16,28,29,32,64,223,227].map((s): ModelTask => ({ imageShape: [s, s, 3], classes: 10 }));
describeNatively('x', (engine) => {
  for (const [name, part] of Object.entries(plugin.provides.model!)) {
    test(name, async () => {
      const t0 = performance.now();
      const model = await part.create({ options: part.options.parse({}), deps: {} });
      let network, at;
      for (const task of tasks) { try { network = model.build(new NetworkBuilder(), task); at = task; break; } catch {} }
      const side = at!.imageShape[0];
      const big = Math.max(side, 8);
      network = model.build(new NetworkBuilder(), { imageShape: [big, big, 3], classes: 10 });
      const t1 = performance.now();
      const c0 = process.cpuUsage();
      const { loss, before, after } = await trainingStep(engine(), network);
      const c1 = process.cpuUsage(c0);
      const t2 = performance.now();
      const same = network.parameters.filter((p) => { const a = before.get(p.name)!.data, b = after.get(p.name)!.data; for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false; return true; });
      fs.appendFileSync('/tmp/steps.txt', `${name} ${side} build ${(t1-t0).toFixed(0)} step ${(t2-t1).toFixed(0)} cpu ${((c1.user+c1.system)/1e3).toFixed(0)} loss ${loss} same ${same.length}/${network.parameters.length} ${same.slice(0,4).map(p=>p.name)} rss ${(process.memoryUsage().rss/1e6).toFixed(0)}\n`);
    }, 120000);
  }
});
