import { token } from './token.ts';
import type { Engine } from '../contracts/engine.ts';
import type { Clock, Logger, Random } from '../contracts/services.ts';
import type { RunContext } from './run.ts';

/** Services that a part may ask for with `needs`. */
export const services = {
  /** Lines for people; default: standard error. */
  logger: token<Logger>('logger'),
  /** The run's random stream. Fork it by name; numbers drawn from it directly would depend on the order of use. */
  random: token<Random>('random'),
  clock: token<Clock>('clock'),
  /** The engine of the run. Who opens the run binds it. */
  engine: token<Engine>('engine'),
  /** The run itself: its seed, its folder, and `create` for parts that contain other parts. */
  run: token<RunContext>('run'),
};
