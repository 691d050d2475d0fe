import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { PinnedWheel } from '../pinned-wheel.ts';

const file = 'pare_fixture-1.0.0-cp311-cp311-manylinux_2_27_x86_64.whl';

const script = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as wheel:
    wheel.writestr('pare_fixture-1.0.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: pare-fixture\\nVersion: 1.0.0\\n')
    wheel.writestr('pare_fixture-1.0.0.dist-info/WHEEL', 'Wheel-Version: 1.0\\n')
    wheel.writestr('tensorflow/libtensorflow_cc.so.2', 'cc' * 5000)
    wheel.writestr('tensorflow/libtensorflow_framework.so.2', 'framework')
    wheel.writestr('tensorflow/include/tensorflow/c/eager/c_api.h', '// api')
    wheel.writestr('tensorflow/include/Eigen/Core.h', '// not for C')
    wheel.writestr('tensorflow/python/__init__.py', '')
`;

/** Makes a small file in the shape of TensorFlow's wheel, in a folder that pip can find it in. */
export function makeTinyWheel(folder: string): PinnedWheel {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, file);
  execFileSync('python3', ['-c', script, path]);
  const contents = readFileSync(path);
  return {
    package: 'pare-fixture',
    version: '1.0.0',
    platform: 'linux',
    arch: 'x64',
    pythonVersion: '3.11',
    platformTag: 'manylinux_2_27_x86_64',
    file,
    sha256: createHash('sha256').update(contents).digest('hex'),
    bytes: contents.length,
    unpackedBytes: 20_000,
  };
}
