import type { Engine } from '@pare/core';

/** What an engine was asked for. */
export interface SessionCounts {
  opened: number;
  disposed: number;
  writes: number;
  /** Runs of the program "train". */
  steps: number;
}

/** The engine, counting what its sessions do; `onStep` is called after each training step. */
export function countSessions(
  engine: Engine,
  onStep: (step: number) => void = () => undefined,
): { readonly engine: Engine; readonly counts: SessionCounts } {
  const counts: SessionCounts = { opened: 0, disposed: 0, writes: 0, steps: 0 };
  const counting: Engine = {
    ...engine,
    async open(programs) {
      const session = await engine.open(programs);
      counts.opened++;
      return {
        read: (names) => session.read(names),
        write(values) {
          counts.writes++;
          return session.write(values);
        },
        async run(name, feeds) {
          const outputs = await session.run(name, feeds);
          if (name === 'train') onStep(++counts.steps);
          return outputs;
        },
        dispose() {
          counts.disposed++;
          return session.dispose();
        },
      };
    },
  };
  return { engine: counting, counts };
}
