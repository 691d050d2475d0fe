export { PareError } from './errors/pare-error.ts';
export type {
  CompressedForm,
  Compression,
  CompressionContext,
  CompressionData,
} from './contracts/compression.ts';
export type { Batch, Split, BatchOptions, DatasetInfo, Dataset } from './contracts/dataset.ts';
export type {
  PublishedFile,
  DataManifest,
  FileState,
  FileCheck,
  DataCheck,
  DataEvent,
  DataCheckOptions,
  DataFetchOptions,
  DataFiles,
} from './contracts/data-files.ts';
export type { EngineInfo, Session, Engine } from './contracts/engine.ts';
export type { Evaluation, RunEvent } from './contracts/events.ts';
export type {
  ObjectiveContext,
  Objective,
  StageHookContext,
  TrainStage,
  CompressedState,
  StepProgress,
  TransformContext,
  TransformStage,
  Stage,
  OperatingPoint,
  Dial,
  DialProgram,
  PlanContext,
  Method,
  Programs,
} from './contracts/method.ts';
export type { ModelTask, Model } from './contracts/model.ts';
export type { OptimizerPlan, GradientPair, Optimizer } from './contracts/optimizer.ts';
export type { ReportTable, Report } from './contracts/report.ts';
export type { Progress, Schedule } from './contracts/schedule.ts';
export type { Logger, Clock, Random } from './contracts/services.ts';
export type { HostTensor, Tensors } from './contracts/tensor.ts';
export { kthMagnitude } from './weights/kth-magnitude.ts';
export { loadStart } from './weights/load-start.ts';
export type { Start } from './weights/load-start.ts';
export { fromTorchLayout, toTorchLayout, torchShape } from './weights/torch-layout.ts';
export type { Layer } from './contracts/layer.ts';
export type { Loss } from './contracts/loss.ts';
export type { Exporter } from './contracts/exporter.ts';
export type { Reporter } from './contracts/reporter.ts';
export { parseOptions } from './options/parse-options.ts';
export type { OptionPlace } from './options/parse-options.ts';
export { editDistance, byNearness, nearMisses, didYouMean } from './text/near-misses.ts';
export { kinds, kindNames } from './registry/kinds.ts';
export type { Kind, PartTypes } from './registry/kinds.ts';
export { token } from './registry/token.ts';
export type { Token } from './registry/token.ts';
export { services } from './registry/services.ts';
export { definePlugin, provide, pluginBrand } from './registry/define-plugin.ts';
export type {
  Plugin,
  PluginParts,
  Provision,
  ProvisionParts,
  Needs,
  Resolved,
} from './registry/define-plugin.ts';
export { part } from './registry/part.ts';
export type { PartReference } from './registry/part.ts';
export { optionsOf, partOf } from './registry/options-of.ts';
export type { ConfiguredKind } from './registry/options-of.ts';
export { Registry } from './registry/registry.ts';
export type { RegisteredPart } from './registry/registry.ts';
export type { ServiceFactory } from './registry/container.ts';
export type { Run, RunContext, RunOptions } from './registry/run.ts';
export { loadPlugin } from './registry/load-plugin.ts';
export { knownPackage, knownPackages } from './registry/known-packages.ts';
export { coreVersion } from './registry/core-version.ts';
export { describeParts, optionsSchema } from './registry/part-schemas.ts';
export type { PartDescription, JsonSchema } from './registry/part-schemas.ts';
export { corePlugin } from './core-plugin.ts';
export { runConfigSchema } from './config/run-config.ts';
export type { RunConfig, RunConfigInput, TrainerOptions } from './config/run-config.ts';
export type { StartReference } from './config/start-reference.ts';
export { readConfig, parseConfig } from './config/read-config.ts';
export type { RawConfig } from './config/read-config.ts';
export { applyOverrides } from './config/apply-overrides.ts';
export { loadConfigPlugins } from './config/load-config-plugins.ts';
export type { PluginSources } from './config/load-config-plugins.ts';
export { resolveConfig } from './config/resolve-config.ts';
export type { ConfigSource } from './config/resolve-config.ts';
export { formatConfig } from './config/format-config.ts';
export { configSchema } from './config/config-schema.ts';
export { SeededRandom } from './random/seeded-random.ts';
export { shuffledIndices } from './random/shuffled-indices.ts';
export { initializeNetwork, initializeParameter } from './random/initialize.ts';
export { systemClock } from './services/clock.ts';
export { lineLogger, silentLogger } from './services/logger.ts';
export { constantSchedule } from './schedules/constant.ts';
export { stepSchedule } from './schedules/step.ts';
export { multiStepSchedule } from './schedules/multi-step.ts';
export { cosineSchedule } from './schedules/cosine.ts';
export { linearSchedule, polynomialSchedule } from './schedules/ramp.ts';
export { warmUp } from './schedules/warm-up.ts';
export { sgd } from './optimizers/sgd.ts';
export { adam } from './optimizers/adam.ts';
export type { DecayMode } from './optimizers/weight-decay.ts';
export { buildTrainingProgram } from './training/build-training-program.ts';
export type { TrainingPrograms } from './training/build-training-program.ts';
export { trainStage } from './training/train-stage.ts';
export type { TrainStageOptions, TrainingSettings, TrainOutcome } from './training/train-stage.ts';
export type {
  TrainingSnapshot,
  TrainingPosition,
  BestEpoch,
} from './training/training-snapshot.ts';
export { buildEvaluationProgram } from './evaluation/build-evaluation-program.ts';
export { evaluateNetwork } from './evaluation/evaluate-network.ts';
export { RunnableModel } from './runnable/runnable-model.ts';
export type { RunnableModelOptions, Switched } from './runnable/runnable-model.ts';
export { checkTrained } from './runnable/check-trained.ts';
export { findPoint } from './runnable/find-point.ts';
export type { Setting } from './runnable/find-point.ts';
export { defaultPoint, stateAt } from './runnable/state-at.ts';
export type { Latency, LatencyOptions } from './runnable/measure-latency.ts';
export { Evaluator } from './evaluation/evaluator.ts';
export type { EvaluateNetworkOptions } from './evaluation/evaluate-network.ts';
export { runExperiment } from './run/run-experiment.ts';
export type { ExperimentOptions } from './run/run-experiment.ts';
export { resumeExperiment } from './run/resume-experiment.ts';
export type { ResumeOptions } from './run/resume-experiment.ts';
export type { ExperimentParts } from './run/experiment.ts';
export { planStages } from './run/plan-stages.ts';
export { readRunConfig, runFiles } from './run/run-folder.ts';
export { datasetFacts } from './run/dataset-facts.ts';
export type { DatasetFacts } from './run/dataset-facts.ts';
export { readEvents } from './run/event-log.ts';
export type { LoggedEvent } from './run/event-log.ts';
export { measureSize } from './run/stage-result.ts';
export type { NetworkSize, StageResult } from './run/stage-result.ts';
export { measurePoint } from './run/evaluated-point.ts';
export type { EvaluatedPoint, PointSize } from './run/evaluated-point.ts';
export { readRunReport } from './run/run-report.ts';
export type { RunReport } from './run/run-report.ts';
export { curveChart } from './run/curve-chart.ts';
export type { Curve, CurveChartOptions } from './run/curve-chart.ts';
export { operatingCurve, varyingDial } from './run/operating-curve.ts';
export { writeAtomically } from './run/write-atomically.ts';
export { saveArtifact } from './artifact/save-artifact.ts';
export { loadArtifact } from './artifact/load-artifact.ts';
export type { Artifact, ArtifactSizes } from './artifact/artifact.ts';
export { packWeights, unpackWeights } from './artifact/packed-weights.ts';
export type { PackedWeights } from './artifact/packed-weights.ts';
export { encodeSafetensors, decodeSafetensors } from './artifact/safetensors.ts';
export type { SafetensorsFile, SafetensorsTensor } from './artifact/safetensors.ts';
export type { SafetensorsData, SafetensorsType } from './artifact/element-types.ts';
export { VariableSpecs } from './engine/variable-specs.ts';
export { copyTensor } from './engine/copy-tensor.ts';
export { releaseLock, takeLock, withLock } from './files/file-lock.ts';
export type { LockOptions } from './files/file-lock.ts';
