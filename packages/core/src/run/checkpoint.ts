import { createHash } from 'node:crypto';
import { formatShape, networkToJson, sameShape } from '@pare/graph';
import { decodeSafetensors, encodeSafetensors } from '../artifact/safetensors.ts';
import { PareError } from '../errors/pare-error.ts';
import type { Network, NetworkJson } from '@pare/graph';
import type { SafetensorsTensor } from '../artifact/safetensors.ts';
import type { EngineInfo } from '../contracts/engine.ts';
import type { HostTensor, Tensors } from '../contracts/tensor.ts';
import type { BestEpoch, TrainingPosition } from '../training/training-snapshot.ts';
import type { StageResult } from './stage-result.ts';

/** Version of the checkpoint format that is written and read. */
export const checkpointVersion = 1;

/** What tells one network from another. */
export interface NetworkIdentity {
  readonly name: string;
  /** SHA-256 of the network's JSON form. */
  readonly sha256: string;
  readonly parameters: Readonly<Record<string, readonly number[]>>;
}

/** What a checkpoint says besides tensors; plain data. */
export interface CheckpointFacts {
  readonly version: typeof checkpointVersion;
  /** The network that the run started with. */
  readonly network: NetworkIdentity;
  readonly engine: Pick<EngineInfo, 'name' | 'version' | 'threads'>;
  readonly seed: number;
  readonly stages: readonly string[];
  /** Number of the stage to go on with, from 0; the number of stages: all are done. */
  readonly stage: number;
  /** Where that stage stands; missing: at its beginning. */
  readonly training?: TrainingPosition;
  readonly best?: Omit<BestEpoch, 'weights'>;
  readonly results: readonly StageResult[];
  /** Configuration that the run was at work with; missing where the run was not made from one. */
  readonly recipe?: unknown;
  /** Bytes of the event log up to this checkpoint. */
  readonly logBytes: number;
  /** Time that the run has taken. */
  readonly seconds: number;
  /** Time that this stage has taken. */
  readonly stageSeconds: number;
  /** The network as it is now, where stages have changed it. */
  readonly current?: NetworkJson;
}

/** A point from which a run can go on. */
export interface Checkpoint {
  readonly facts: CheckpointFacts;
  /** Weights as the stage began with them, where training does not hold newer values. */
  readonly weights: Tensors;
  /** All variables of the training session; empty at the beginning of a stage. */
  readonly variables: Tensors;
  /** Weights of the best epoch so far; empty where there is none. */
  readonly best: Tensors;
}

/** What tells this network from another one. */
export function identify(network: Network): NetworkIdentity {
  const sha256 = createHash('sha256')
    .update(JSON.stringify(networkToJson(network)))
    .digest('hex');
  return {
    name: network.name,
    sha256,
    parameters: Object.fromEntries(network.parameters.map(({ name, shape }) => [name, shape])),
  };
}

const types = { float32: 'F32', int32: 'I32', bool: 'BOOL' } as const;
const sections = ['weights', 'variables', 'best'] as const;

/** Chunks of the checkpoint's safetensors file: tensors named `<section>/<name>`, facts as JSON in the metadata. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array[] {
  const tensors = new Map<string, SafetensorsTensor>();
  for (const section of sections) {
    for (const [name, { dtype, shape, data }] of checkpoint[section]) {
      tensors.set(`${section}/${name}`, { dtype: types[dtype], shape, data });
    }
  }
  return encodeSafetensors({ tensors, metadata: { pare: JSON.stringify(checkpoint.facts) } });
}

/** Inverse of `encodeCheckpoint`. Throws BAD_SAFETENSORS, CHECKPOINT_DAMAGED or CHECKPOINT_VERSION. */
export function decodeCheckpoint(bytes: Uint8Array, source: string): Checkpoint {
  const { tensors, metadata } = decodeSafetensors(bytes, source);
  if (metadata.pare === undefined)
    throw new PareError(
      'CHECKPOINT_DAMAGED',
      `${source} is no checkpoint: its metadata has no "pare".`,
    );
  const facts = JSON.parse(metadata.pare) as CheckpointFacts;
  if ((facts.version as number) !== checkpointVersion) {
    throw new PareError(
      'CHECKPOINT_VERSION',
      `${source} has the checkpoint version ${JSON.stringify(facts.version)}; this program reads version ${checkpointVersion}. Resume with the version of Pare that started the run.`,
    );
  }
  const found = {
    weights: new Map<string, HostTensor>(),
    variables: new Map<string, HostTensor>(),
    best: new Map<string, HostTensor>(),
  };
  for (const [key, { dtype, shape, data }] of tensors) {
    const cut = key.indexOf('/');
    const section = sections.find((name) => name === key.slice(0, cut));
    const type = (['float32', 'int32', 'bool'] as const).find((name) => types[name] === dtype);
    if (!section || !type)
      throw new PareError(
        'CHECKPOINT_DAMAGED',
        `${source} has an unknown tensor "${key}" (${dtype}).`,
      );
    found[section].set(key.slice(cut + 1), {
      dtype: type,
      shape,
      data: data as HostTensor['data'],
    });
  }
  return { facts, ...found };
}

/** Throws CHECKPOINT_MISMATCH where the checkpoint belongs to another network, plan or seed. */
export function checkMatch(
  saved: CheckpointFacts,
  now: Pick<CheckpointFacts, 'network' | 'stages' | 'seed'>,
): void {
  const difference = networkDifference(saved.network, now.network) ?? planDifference(saved, now);
  if (difference === undefined) return;
  throw new PareError(
    'CHECKPOINT_MISMATCH',
    `The checkpoint does not belong to this recipe: ${difference}. Resume with the configuration in the run folder, or start a new run.`,
  );
}

function networkDifference(saved: NetworkIdentity, now: NetworkIdentity): string | undefined {
  if (saved.sha256 === now.sha256) return undefined;
  const names = new Set([...Object.keys(saved.parameters), ...Object.keys(now.parameters)]);
  const text = (shape: readonly number[] | undefined) => (shape ? formatShape(shape) : 'missing');
  for (const name of names) {
    const [a, b] = [saved.parameters[name], now.parameters[name]];
    if (!a || !b || !sameShape(a, b)) {
      return `the parameter "${name}" is ${text(a)} in the checkpoint and ${text(b)} in the network "${now.name}"`;
    }
  }
  return `the parameters of the networks "${saved.name}" and "${now.name}" agree, but their layers or settings differ`;
}

function planDifference(
  saved: Pick<CheckpointFacts, 'stages' | 'seed'>,
  now: Pick<CheckpointFacts, 'stages' | 'seed'>,
) {
  const list = (stages: readonly string[]) => stages.join(', ');
  if (list(saved.stages) !== list(now.stages))
    return `it has the stages ${list(saved.stages)}; the recipe has ${list(now.stages)}`;
  if (saved.seed !== now.seed)
    return `it was made with the seed ${saved.seed}; received ${now.seed}`;
  return undefined;
}
