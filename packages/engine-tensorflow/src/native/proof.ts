import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PareError } from '@pare/core';

import { proofGraph } from './proof-graph.ts';
import { lastLines, runCommand } from './run-command.ts';

/** What a binding said about itself when it ran the test graph. */
export interface Proof {
  readonly version: string;
  readonly gpu: boolean;
}

/** Options of `proveBinding`. */
export interface ProofOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/** Loading a library for the first time from a slow disk takes a while; a hang must still end. */
const timeout = 180_000;
const marker = 'pare-proof:';

/** Runs in a process of its own: a library that does not fit may crash instead of throwing. */
const script = `
const [bindingPath, modelDirectory] = process.argv.slice(1);
try {
  const binding = require(bindingPath);
  const session = binding.loadSavedModel(modelDirectory, 'serve');
  const input = binding.createTensor([1], binding.TF_FLOAT, new Float32Array([3]));
  const [output] = binding.runSavedModel(session, [input], 'x:0', 'y:0');
  const result = binding.tensorDataSync(output.id)[0];
  const gpu = binding.isUsingGpuDevice();
  console.log('${marker}' + JSON.stringify({ version: binding.TF_Version, gpu, result }));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
`;

/**
 * Loads a binding in a child process and runs a graph of one op there.
 * Throws PROOF_FAILED with what the child said when that does not give 3 * 3 = 9.
 */
export async function proveBinding(bindingPath: string, options: ProofOptions): Promise<Proof> {
  const model = await mkdtemp(join(tmpdir(), 'pare-proof-'));
  try {
    await writeFile(join(model, 'saved_model.pb'), proofGraph());
    const env: NodeJS.ProcessEnv = { TF_CPP_MIN_LOG_LEVEL: '2', ...options.env };
    // Flags meant for this process (a debugger, a loader) have no place in the child.
    delete env.NODE_OPTIONS;
    const result = await runCommand(process.execPath, ['-e', script, bindingPath, model], {
      env,
      signal: options.signal,
      timeout,
      advice: '',
    });
    const line = result.stdout.split('\n').find((entry) => entry.startsWith(marker));
    if (line === undefined) {
      const end = result.signal === null ? `exit code ${result.code}` : `signal ${result.signal}`;
      throw new PareError(
        'PROOF_FAILED',
        `The binding ${bindingPath} does not work: a test process ended with ${end}. ${lastLines(result, 8)}`,
      );
    }
    const proof = JSON.parse(line.slice(marker.length)) as Proof & { readonly result: number };
    if (proof.result !== 9) {
      throw new PareError(
        'PROOF_FAILED',
        `The binding ${bindingPath} computes wrongly: expected 3 * 3 = 9, received ${proof.result}.`,
      );
    }
    return { version: proof.version, gpu: proof.gpu };
  } finally {
    await rm(model, { recursive: true, force: true });
  }
}
