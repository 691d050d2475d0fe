import { z } from 'zod';
import { definePlugin, provide } from '../registry/define-plugin.ts';
import type { Exporter } from '../contracts/exporter.ts';
import type { Plugin, PluginParts } from '../registry/define-plugin.ts';

/** An exporter that writes nothing: the smallest part. */
export const plainExporter = (name: string): Exporter => ({
  name,
  write: () => Promise.resolve([]),
});

/** A plugin with one exporter `onnx`, whose name says its option `bits`; for tests of the registry. */
export function plainPlugin(parts: Partial<PluginParts> = {}): Plugin {
  return definePlugin({
    name: 'plain',
    core: '^1.0.0',
    provides: {
      exporter: {
        onnx: provide({
          options: z.strictObject({ bits: z.int().default(8) }),
          create: ({ options }) => plainExporter(`onnx ${options.bits}`),
        }),
      },
    },
    ...parts,
  });
}
