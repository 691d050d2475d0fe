/** The engine of a benchmark; only the one asked for is loaded. */
export async function openEngine({ engine, threads }) {
  if (engine === 'tfjs-wasm') {
    const { createTfjsEngine } = await import('@pare/engine-tfjs');
    return createTfjsEngine({ backend: 'wasm', threads });
  }
  const { createTensorFlowEngine } = await import('@pare/engine-tensorflow');
  return createTensorFlowEngine({ threads });
}
