import { execaNode } from 'execa';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { installedBackends } from '../../grader/tensorflow/index.ts';
import { SOFTWARE_DRIVER } from './software-driver.ts';

const tolerance = 1e-4;
const program = fileURLToPath(new URL('./programs/compare-with-wasm.ts', import.meta.url));

describe('every other backend that is there', () => {
  for (const name of ['cpu', ...installedBackends()]) {
    // One that was built where there is no card may be kept, and computes nowhere.
    it.skipIf(name === 'gpu' && !existsSync('/dev/nvidia0'))(
      `computes scores and input gradients as WASM does: ${name}`,
      async () => {
        const useSwiftshader = process.env['VK_DRIVER_FILES'] === undefined && existsSync(SOFTWARE_DRIVER);
        const { stdout } = await execaNode(program, [name], {
          nodeOptions: ['--import', 'tsx'],
          timeout: 120_000,
          env: useSwiftshader ? { VK_DRIVER_FILES: SOFTWARE_DRIVER } : {},
        });
        const comparison = JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as Record<string, number>;
        expect(comparison['steepest']).toBeGreaterThan(0);
        expect(comparison['scores']).toBeLessThanOrEqual(tolerance);
        expect(comparison['gradient']).toBeLessThanOrEqual(tolerance);
      },
      150_000,
    );
  }
});
