import type { Engine } from '../contracts/engine.ts';

/** The engine, telling of each training step when it has been done; for tests that stop runs. */
export function watchSteps(engine: Engine, onStep: () => void): Engine {
  return {
    ...engine,
    async open(programs) {
      const session = await engine.open(programs);
      return {
        ...session,
        async run(name, feeds) {
          const outputs = await session.run(name, feeds);
          if (name === 'train') onStep();
          return outputs;
        },
      };
    },
  };
}
