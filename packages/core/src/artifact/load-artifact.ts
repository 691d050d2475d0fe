import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatShape, networkFromJson, sameShape } from '@pare/graph';
import { PareError } from '../errors/pare-error.ts';
import { artifactFormat, artifactVersion, modelFile, weightsFile } from './artifact.ts';
import { unpackWeights } from './packed-weights.ts';
import type { Network } from '@pare/graph';
import type { HostTensor, Tensors } from '../contracts/tensor.ts';
import type { Artifact, ArtifactJson, ArtifactSizes } from './artifact.ts';

/** Reads an artifact folder. Throws ARTIFACT_MISSING, ARTIFACT_VERSION or ARTIFACT_DAMAGED. */
export async function loadArtifact(
  folder: string,
): Promise<Artifact & { readonly sizes: ArtifactSizes }> {
  const json = parse(folder, await read(folder, modelFile));
  const bytes = await read(folder, weightsFile);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== json.weights.sha256) {
    throw damaged(
      folder,
      `${weightsFile} has the SHA-256 ${sha256}; ${modelFile} expects ${json.weights.sha256}`,
    );
  }
  const { method, operatingPoints, recipe, metrics, versions, sizes } = json;
  try {
    const network = networkFromJson(json.network);
    const weights = unpackWeights(bytes, json.weights.tensors, join(folder, weightsFile));
    checkWeights(network, weights);
    return { network, weights, method, operatingPoints, recipe, metrics, versions, sizes };
  } catch (error) {
    throw damaged(folder, (error as Error).message, error);
  }
}

async function read(folder: string, file: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, file));
  } catch (error) {
    throw new PareError(
      'ARTIFACT_MISSING',
      `Could not read ${join(folder, file)}: ${(error as Error).message}. Expected the folder of a model with ${modelFile} and ${weightsFile}, for example runs/<name>/model.`,
      { cause: error },
    );
  }
}

function parse(folder: string, bytes: Buffer): ArtifactJson {
  let json: ArtifactJson | null;
  try {
    json = JSON.parse(bytes.toString()) as ArtifactJson | null;
  } catch (error) {
    throw damaged(folder, `${modelFile} is no JSON`, error);
  }
  if (json?.format !== artifactFormat)
    throw damaged(folder, `${modelFile} does not have the format "${artifactFormat}"`);
  if ((json.version as number) !== artifactVersion) {
    throw new PareError(
      'ARTIFACT_VERSION',
      `The model in ${folder} has the version ${JSON.stringify(json.version)}; this program reads version ${artifactVersion}. Use the version of Pare that wrote it.`,
    );
  }
  const lacks = Object.entries({
    network: json.network,
    'weights.tensors': json.weights?.tensors,
    recipe: json.recipe,
    sizes: json.sizes,
  }).filter(([, value]) => typeof value !== 'object' || value === null);
  if (!Array.isArray(json.operatingPoints)) lacks.push(['operatingPoints', undefined]);
  if (lacks.length > 0)
    throw damaged(folder, `${modelFile} lacks ${lacks.map(([key]) => `"${key}"`).join(', ')}`);
  return json;
}

function checkWeights(network: Network, weights: Tensors): void {
  const text = (tensor: HostTensor | undefined) =>
    tensor ? `${tensor.dtype} ${formatShape(tensor.shape)}` : 'nothing';
  for (const { name, shape, variable } of network.parameters) {
    const tensor = weights.get(name);
    if (tensor?.dtype === variable.dtype && sameShape(tensor.shape, shape)) continue;
    throw new Error(
      `the network needs "${name}" as ${variable.dtype} ${formatShape(shape)}; received ${text(tensor)}`,
    );
  }
}

const damaged = (folder: string, what: string, cause?: unknown) =>
  new PareError(
    'ARTIFACT_DAMAGED',
    `The model in ${folder} is damaged: ${what.replace(/\.$/, '')}. Copy it again or run the recipe again.`,
    { cause },
  );
