import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { modelFile, weightsFile } from '../artifact/artifact.ts';
import { PareError } from '../errors/pare-error.ts';
import { runFiles } from '../run/run-folder.ts';

/** Where weights are: in the folder of a model, or in a file on their own. */
export interface StartPlace {
  readonly kind: 'model' | 'file';
  readonly path: string;
}

const expected =
  'Expected the folder of a run, the folder of a model, or a .safetensors file; a relative path begins at the folder of the configuration.';

/** What a path of `start` names. Throws START_NOT_FOUND, RUN_NOT_FINISHED or START_FORMAT. */
export async function findStart(path: string): Promise<StartPlace> {
  const info = await stat(path).catch((cause: unknown) => {
    throw new PareError(
      'START_NOT_FOUND',
      `start: ${path} cannot be read: ${(cause as Error).message}. ${expected}`,
      { cause },
    );
  });
  if (info.isDirectory()) return { kind: 'model', path: modelFolder(path) };
  const folder = dirname(path);
  // Sparse tensors of a model are packed; how, its other file says.
  if (basename(path) === weightsFile && existsSync(join(folder, modelFile)))
    return { kind: 'model', path: folder };
  if (path.endsWith('.safetensors')) return { kind: 'file', path };
  throw new PareError(
    'START_FORMAT',
    `start: ${path} is no .safetensors file. From PyTorch: safetensors.torch.save_file(model.state_dict(), "weights.safetensors", {"format": "pt"}).`,
  );
}

function modelFolder(path: string): string {
  const isModel = (folder: string) => existsSync(join(folder, modelFile));
  const ofRun = join(path, runFiles.model);
  if (isModel(path)) return path;
  if (isModel(ofRun)) return ofRun;
  if (existsSync(join(path, runFiles.config))) {
    throw new PareError(
      'RUN_NOT_FINISHED',
      `start: the run in ${path} has no model yet. Finish it first: pare resume ${path}`,
    );
  }
  throw new PareError('START_NOT_FOUND', `start: ${path} holds no model. ${expected}`);
}
