import * as tf from '@tensorflow/tfjs-core';
import { describeEngine } from '@pare/core/testing';
import { startCpu } from './backends/cpu.ts';
import { createTfjsEngine } from './create-tfjs-engine.ts';
import { TfjsEngine } from './tfjs-engine.ts';

const tensorCount = () => tf.memory().numTensors;

describeEngine('wasm', () => createTfjsEngine({ backend: 'wasm' }), { tensorCount });

describeEngine('cpu', () => createTfjsEngine({ backend: 'cpu' }), { tensorCount });

// What a backend without host memory (webgpu) runs, on a backend that works everywhere.
describeEngine(
  'cpu, through TensorFlow.js ops alone,',
  async () => new TfjsEngine({ ...(await startCpu()), memory: undefined }),
  { tensorCount },
);
