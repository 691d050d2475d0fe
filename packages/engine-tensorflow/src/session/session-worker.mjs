// @ts-check
// Runs the native session in a thread of its own, because every call of the binding blocks. Plain JavaScript, so that a
// worker can start it from the sources as well as from the build.
import { constants } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';

/** @typedef {import('./worker-protocol.ts').WorkerRequest} WorkerRequest */
/** @typedef {import('./worker-protocol.ts').WireTensor} WireTensor */

const { bindingPath, modelDirectory } = workerData;
/** Keeps the library loaded when the worker ends, because TensorFlow's own threads still run then (dlfcn.h, Linux and macOS). */
const noDelete = process.platform === 'darwin' ? 0x80 : 0x1000;
const addon = { exports: {} };
process.dlopen(addon, bindingPath, constants.dlopen.RTLD_LAZY | noDelete);
const binding = /** @type {import('../native/native-binding.ts').NativeBinding} */ (addon.exports);
const session = binding.loadSavedModel(modelDirectory, 'serve');

/** TensorFlow's type numbers. @type {Record<string, number>} */
const types = { float32: 1, int32: 3, bool: 10 };

/**
 * Feeds, runs, fetches. Tensor handles are freed whatever happens.
 * @param {WorkerRequest} request
 * @returns {WireTensor['data'][]}
 */
function run({ inputs, inputNames, outputNames, keep }) {
  /** @type {number[]} */
  const handles = [];
  try {
    for (const { shape, dtype, data } of inputs) {
      handles.push(binding.createTensor(shape, /** @type {number} */ (types[dtype]), data));
    }
    const results = binding.runSavedModel(session, handles, inputNames, outputNames);
    handles.push(...results.map(({ id }) => id));
    return results
      .slice(0, keep)
      .map(({ id }) => /** @type {WireTensor['data']} */ (binding.tensorDataSync(id)));
  } finally {
    for (const id of handles) binding.deleteTensor(id);
  }
}

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);
port.on('message', (/** @type {WorkerRequest} */ request) => {
  if (request.close) {
    binding.deleteSavedModel(session);
    port.close();
    return;
  }
  try {
    const outputs = run(request);
    port.postMessage({ id: request.id, outputs });
  } catch (error) {
    port.postMessage({
      id: request.id,
      error: error instanceof Error ? error.message : String(error),
    });
  }
});
port.postMessage({ id: 0, outputs: [] });
