import type { Split } from './dataset.ts';
import type { Report } from './report.ts';

/** Result of a pass over a split. */
export interface Evaluation {
  /** The split that was passed over. */
  readonly split: Split;
  /** Mean loss in nats. */
  readonly loss: number;
  /** Share of right answers, 0 to 1. */
  readonly accuracy: number;
  readonly correct: number;
  readonly count: number;
}

/** What a run tells its listeners, in order; `events.jsonl` holds one a line with a time stamp. */
export type RunEvent =
  | {
      readonly type: 'run-start';
      readonly name: string;
      readonly stages: readonly string[];
      readonly resumed: boolean;
    }
  | { readonly type: 'notice'; readonly message: string }
  | {
      readonly type: 'stage-start';
      readonly stage: string;
      readonly index: number;
      readonly kind: string;
      readonly epochs?: number;
      readonly stepsPerEpoch?: number;
    }
  | {
      readonly type: 'step';
      readonly stage: string;
      readonly epoch: number;
      readonly step: number;
      readonly metrics: Readonly<Record<string, number>>;
    }
  | {
      readonly type: 'epoch';
      readonly stage: string;
      /** From 1. */
      readonly epoch: number;
      readonly epochs: number;
      readonly learningRate: number;
      /** Means over the epoch: loss, accuracy and the objective's metrics. */
      readonly train: Readonly<Record<string, number>>;
      readonly evaluation?: Evaluation;
      readonly seconds: number;
    }
  | {
      readonly type: 'stage-end';
      readonly stage: string;
      readonly evaluation: Evaluation;
      readonly report?: Report;
      readonly seconds: number;
    }
  | { readonly type: 'checkpoint'; readonly path: string }
  | { readonly type: 'interrupted'; readonly message: string }
  | {
      readonly type: 'result';
      readonly evaluation: Evaluation;
      readonly report: Report;
      readonly folder: string;
      readonly seconds: number;
    };
