import { corePlugin } from './core-plugin.ts';
import { describePlugin } from './testing/describe-plugin.ts';

describePlugin(corePlugin, {
  options: {
    schedule: {
      step: { every: 3 },
      'multi-step': { milestones: [2, 4] },
      'warm-up': { over: 2, then: 'cosine' },
    },
  },
});
