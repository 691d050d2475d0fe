import { createTfjsEngine } from '@pare/engine-tfjs';
import type { Check } from '@pare/engine-tensorflow';

/** Whether the engine that needs nothing native starts. */
export async function checkTfjs(): Promise<Check> {
  const name = 'tfjs-wasm';
  try {
    const engine = await createTfjsEngine({ backend: 'wasm' });
    const { version, details } = engine.info;
    await engine.dispose();
    const simd = details.simd === 'true' ? 'with SIMD' : 'without SIMD';
    return { name, ok: true, detail: `TensorFlow.js ${version}, ${simd}` };
  } catch (error) {
    const advice = 'Install @pare/cli again; this engine comes with it.';
    return { name, ok: false, detail: (error as Error).message, advice };
  }
}
