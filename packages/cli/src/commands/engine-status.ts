import { tensorFlowStatus } from '@pare/engine-tensorflow';
import { formatBytes } from '../text/quantity.ts';
import { formatTable } from '../text/table.ts';
import type { Command } from '../command.ts';

/** `pare engine status`: the native library in use, and where one could come from. Exit code 0 in both cases. */
export const engineStatusCommand: Command<[]> = async ({ host, output }) => {
  const status = await tensorFlowStatus({ projectDirectory: host.cwd, env: host.env });
  const { ready, cacheDirectory, sources } = status;
  output.print(
    ready
      ? `TensorFlow ${ready.version} is ready (${ready.source}): ${ready.bindingPath}`
      : 'No native TensorFlow; runs use tfjs-wasm, which is slower. Run: pare engine install',
  );
  const rows = sources.map(({ name, usable, detail, bytes }) => [
    name,
    usable ? 'yes' : 'no',
    bytes === undefined ? '' : formatBytes(bytes),
    detail,
  ]);
  output.print(
    `Cache: ${cacheDirectory}\n\n${formatTable(['source', 'usable', 'size', 'detail'], rows)}`,
  );
  return { fields: { ready: ready ?? null, cacheDirectory, sources } };
};
