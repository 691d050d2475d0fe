import { join } from 'node:path';
import { networkToJson } from '@pare/graph';
import { weightsFile } from '../artifact/artifact.ts';
import { loadArtifact } from '../artifact/load-artifact.ts';
import { denseTypes } from '../artifact/tensor-encoding.ts';
import { readStart, sha256Of } from './read-weights-file.ts';
import type { Network } from '@pare/graph';
import type { Artifact } from '../artifact/artifact.ts';
import type { SafetensorsTensor } from '../artifact/safetensors.ts';
import type { WeightsFile } from './weights-file.ts';

/**
 * Reads the weights that the graph of a saved model uses; what its method keeps beside the graph stays there. Throws what
 * `loadArtifact` throws.
 */
export async function readModelWeights(folder: string, network: Network): Promise<WeightsFile> {
  const artifact = await loadArtifact(folder);
  const file = join(folder, weightsFile);
  const graph = withinGraph(artifact.network);
  const inGraph = new Set(graph.parameters.map(({ name }) => name));
  const tensors = new Map<string, SafetensorsTensor>();
  for (const [name, { dtype, shape, data }] of artifact.weights)
    if (inGraph.has(name)) tensors.set(name, { dtype: denseTypes[dtype], shape, data });
  return {
    file,
    sha256: sha256Of(await readStart(file)),
    tensors,
    layout: 'pare',
    notices: [...besideNotice(artifact, inGraph), ...differenceNotice(graph, network, folder)],
    misfit: `The network of the model in ${folder}, which method "${artifact.method}" has made, is another one than "${network.name}" of this configuration: its layers were changed (pruned, factored), or it was built with other options or for other data`,
  };
}

/** The network without parameters beside its graph. */
function withinGraph(network: Network): Network {
  const beside = new Set(
    networkToJson(network)
      .parameters.filter((parameter) => parameter.beside)
      .map(({ name }) => name),
  );
  return { ...network, parameters: network.parameters.filter(({ name }) => !beside.has(name)) };
}

function besideNotice({ method, weights }: Artifact, inGraph: ReadonlySet<string>): string[] {
  const count = [...weights.keys()].filter((name) => !inGraph.has(name)).length;
  if (count === 0) return [];
  return [
    `start: only weights of the network are taken; ${count} ${count === 1 ? 'tensor' : 'tensors'} that method "${method}" keeps beside it ${count === 1 ? 'is' : 'are'} left out.`,
  ];
}

/** Weights of another network may fit, for example with another activation: that is allowed, but said. */
function differenceNotice(saved: Network, network: Network, folder: string): string[] {
  if (structure(saved) === structure(network)) return [];
  return [
    `start: the network of the model in ${folder} has the same weights as "${network.name}", but its layers or settings differ.`,
  ];
}

/** What the network computes: without its name and the way its weights were drawn. */
function structure(network: Network): string {
  const { graph, parameters } = networkToJson(network);
  const shapes = parameters.map(({ name, shape }) => [name, shape]).sort();
  return JSON.stringify({ graph, shapes });
}
