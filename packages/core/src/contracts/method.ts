import type {
  InstantiateRule,
  Network,
  NetworkInstance,
  Parameter,
  Program,
  Update,
  Value,
} from '@pare/graph';
import type { PartReference } from '../registry/part.ts';
import type { DatasetInfo } from './dataset.ts';
import type { Optimizer } from './optimizer.ts';
import type { Report, ReportTable } from './report.ts';
import type { Schedule } from './schedule.ts';
import type { Random } from './services.ts';
import type { HostTensor, Tensors } from './tensor.ts';

/** What an objective is built from. */
export interface ObjectiveContext {
  readonly network: Network;
  /** Weights, and what lies beside them, that the stage starts with, or goes on with after a resume. */
  readonly weights: Tensors;
  /** Images [batch, ...] and labels int32 [batch]. */
  readonly x: Value;
  readonly labels: Value;
  /** Brings the network into the program in training mode, with other effective weights and other ops where given. */
  readonly forward: (
    weights?: ReadonlyMap<string, Value>,
    rule?: InstantiateRule,
  ) => NetworkInstance;
  /** Mean cross-entropy of logits with the labels: the task loss. */
  readonly taskLoss: (logits: Value) => Value;
}

/** What a training step minimises and shows. */
export interface Objective {
  /** Scalar that is minimised. */
  readonly total: Value;
  /** Logits of the pass that training accuracy is counted on. */
  readonly logits: Value;
  /** Scalars to report, for example `{ loss, reg }`; the mean over an epoch is logged. */
  readonly metrics: Readonly<Record<string, Value>>;
  /** Updates of running statistics and of the method's own variables. */
  readonly updates: readonly Update[];
  /** Inputs that no value reads, above all `dimensionInput`s: a graph names their symbols only. `feeds` gives their values. */
  readonly inputs?: readonly Value[];
}

/** What hooks of a training stage may use. */
export interface StageHookContext {
  /** From 1, as in events. */
  readonly epoch: number;
  readonly network: Network;
  /** Stream of this call alone. */
  readonly random: Random;
  /** Reads variables of the stage: weights, the optimizer's and the method's own. */
  readonly read: (names?: readonly string[]) => Promise<Map<string, HostTensor>>;
  readonly write: (values: Tensors) => Promise<void>;
  /** Sets what the optimizer keeps, momentum for example, back to its first values. */
  readonly resetOptimizer: () => Promise<void>;
  readonly log: (message: string) => void;
}

/** Where a training step stands. */
export interface StepProgress {
  /** Steps and epochs done in this stage, from 0. */
  readonly step: number;
  readonly epoch: number;
  readonly stepsPerEpoch: number;
  /** Of this step. */
  readonly learningRate: number;
  /** Stream of this step alone. */
  readonly random: Random;
}

/** A stage that trains the network. */
export interface TrainStage {
  readonly kind: 'train';
  readonly name: string;
  readonly epochs: number;
  readonly batchSize: number;
  readonly optimizer: Optimizer;
  /** Default: constant 1. */
  readonly schedule?: Schedule;
  /** Default: the task loss of one plain pass. */
  readonly objective?: (context: ObjectiveContext) => Objective;
  /**
   * Parameters that are trained and how; default: all trainable ones, gradients unchanged. `state` is what the stage starts
   * with, or goes on with after a resume.
   */
  readonly adjust?: (
    parameter: Parameter,
    gradient: Value,
    state: CompressedState,
  ) => Partial<{
    gradient: Value;
    learningRateScale: number;
    weightDecay: number;
    project: (value: Value) => Value;
    frozen: boolean;
  }>;
  /**
   * First values of variables that the objective or `adjust` brings, or how they follow from the state the stage starts with.
   * Those that no program has stay on the host: hooks read and write them, and checkpoints keep them.
   */
  readonly variables?: Tensors | ((state: CompressedState) => Tensors);
  /** Which of these variables stay beside the weights, for `Method.at` and for later stages; default: none. */
  readonly carry?: readonly string[];
  /**
   * Values of inputs that the objective brings, for each step: a pure function of what it is told, so that a resumed or
   * repeated step gets the same. In fresh arrays each time: engines may take them over.
   */
  readonly feeds?: (progress: StepProgress) => Record<string, HostTensor>;
  /** Which weights the stage ends with: those of the last epoch (default) or of the best evaluation. */
  readonly keep?: 'last' | 'best';
  /** With `keep: 'best'`: the weights before the first epoch compete too; default false. */
  readonly startCompetes?: boolean;
  /** What to do where the objective stops being finite in an epoch (from 1); default: general advice. */
  readonly advice?: (epoch: number) => string;
  /** Epochs (from 1) whose end is evaluated, unless the settings want no evaluations; default: as often as the settings say. */
  readonly evaluates?: (epoch: number) => boolean;
  /** With `skip` the epoch has no steps; what follows them is done. */
  readonly beforeEpoch?: (context: StageHookContext) => Promise<void | 'skip'>;
  /** With `stop` the stage ends with this epoch. */
  readonly afterEpoch?: (context: StageHookContext) => Promise<void | 'stop'>;
}

/** A network with its weights and what is known of them. */
export interface CompressedState {
  readonly network: Network;
  readonly weights: Tensors;
}

/** What a transforming stage may use. */
export interface TransformContext extends CompressedState {
  readonly log: (message: string) => void;
  /** Stream of this stage alone. */
  readonly random: Random;
}

/** A stage that changes the network or its weights on the host: pruning, factoring, quantizing. */
export interface TransformStage {
  readonly kind: 'transform';
  readonly name: string;
  run(context: TransformContext): Promise<CompressedState & { readonly report?: Report }>;
}

/** A stage is trained, transformed or evaluated; after each one the test split is evaluated and a checkpoint written. */
export type Stage = TrainStage | TransformStage;

/** One setting at which a result can be run: a kept fraction, a width, bits; or the only one. */
export interface OperatingPoint {
  readonly name: string;
  readonly settings: Readonly<Record<string, number>>;
}

/** A number that can be chosen when a result is run. */
export interface Dial {
  /** Key in the settings of operating points: `keep`, `width`, `bits`. */
  readonly name: string;
  /** Least and greatest value that the network was trained for. */
  readonly from: number;
  readonly to: number;
  /** Whole numbers only. */
  readonly whole?: boolean;
  /** One line for people. */
  readonly description: string;
}

/** One program that runs a result at every setting, where layers change their size with it. */
export interface DialProgram {
  /** The network in evaluation mode, with weights cut or mixed by `inputs`. */
  readonly instance: Pick<NetworkInstance, 'input' | 'output'>;
  /** Inputs besides the images, `dimensionInput`s above all. */
  readonly inputs: readonly Value[];
  /** Values of these inputs at a setting, in fresh arrays. */
  feeds(settings: Readonly<Record<string, number>>): Record<string, HostTensor>;
}

/** What a method plans with. */
export interface PlanContext {
  readonly network: Network;
  readonly dataset: DatasetInfo;
  /** Whether the run goes on from weights that are there; default: they are drawn from the seed. */
  readonly hasStart?: boolean;
}

/** A compression method with its options chosen. */
export interface Method {
  readonly name: string;
  /** Citation of the paper. */
  readonly paper: string;
  plan(context: PlanContext): readonly Stage[];
  /** What a dry run shows besides the stages, for example which layers are compressed and how. */
  planTables?(context: PlanContext): readonly ReportTable[];
  /** Tables about the compressed network: what was removed, where. */
  report(state: CompressedState): Report;
  /**
   * Settings at which the result can be run; the first one is the default: stages and epochs are evaluated there. Also asked
   * for states in the middle of the plan.
   */
  operatingPoints(state: CompressedState): readonly OperatingPoint[];
  /** What can be chosen freely besides; default: nothing. Every operating point has a value for each; it may lie beyond the range. */
  dials?(state: CompressedState): readonly Dial[];
  /**
   * The plain network at a setting, as it would be run: masked, sliced, interpolated or quantized; default: the state itself.
   * Gives the same network object where only weights differ between settings, so that switching writes weights only, and
   * leaves the state that it is given as it is.
   */
  at?(state: CompressedState, point: OperatingPoint): CompressedState;
  /**
   * Throws where a result that was trained with what its recipe says of the method would run wrongly with this method and its
   * options; default: nothing is checked.
   */
  checkRecipe?(recipe: PartReference, network: Network): void;
  /** For results whose layers change their size: a program over the state's own weights, so that switching moves no weight. */
  dial?(state: CompressedState): DialProgram;
}

/** Programs by name, as a session takes them. */
export type Programs = Readonly<Record<string, Program>>;
