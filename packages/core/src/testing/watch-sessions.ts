import { createReferenceEngine } from './reference-engine.ts';
import type { Engine } from '../contracts/engine.ts';

/** What sessions of a watched engine have done. */
export interface SeenSessions {
  opened: number;
  disposed: number;
  writes: number;
}

/** A reference engine that counts what its sessions do; `beforeOpen` may fail or wait. */
export function watchSessions(beforeOpen: () => Promise<void> | void = () => undefined): {
  readonly engine: Engine;
  readonly seen: SeenSessions;
} {
  const engine = createReferenceEngine();
  const seen: SeenSessions = { opened: 0, disposed: 0, writes: 0 };
  const watching: Engine = {
    ...engine,
    async open(programs) {
      await beforeOpen();
      const session = await engine.open(programs);
      seen.opened++;
      return {
        ...session,
        write(values) {
          seen.writes++;
          return session.write(values);
        },
        dispose() {
          seen.disposed++;
          return session.dispose();
        },
      };
    },
  };
  return { engine: watching, seen };
}
