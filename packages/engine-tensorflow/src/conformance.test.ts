import { describe, test } from '@jest/globals';
import { describeEngine } from '@pare/core/testing';
import { createTensorFlowEngine } from './create-tensorflow-engine.ts';
import { tensorFlowStatus } from './native/status.ts';

const { ready } = await tensorFlowStatus();

if (ready) describeEngine('TensorFlow', () => createTensorFlowEngine());
else
  describe.skip('TensorFlow', () =>
    test('needs the native library: run `pare engine install`', () => undefined));
