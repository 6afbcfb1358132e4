import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareBackend } from '../../../grader/tensorflow/index.ts';
import { loadEmbedded } from '../../../reference/lib/models/embedded.ts';
import { loadPicture } from '../../../reference/lib/picture/files.ts';
import { landscape } from '../../../reference/lib/shapes/landscape.ts';
import { visualize as visualizeAttribution } from '../../../reference/parts/attribution/driver.ts';
import { visualize as visualizeChange } from '../../../reference/parts/minimal-change/driver.ts';

const outputDirectory = mkdtempSync(join(tmpdir(), 'two-networks-'));
beforeAll(async () => {
  await prepareBackend({ backend: 'wasm' });
});
afterAll(() => rmSync(outputDirectory, { recursive: true, force: true }));

/** As two networks of a course, whose names say nothing. */
const pair = () => ({
  model: { ...loadEmbedded('standard'), name: 'first' },
  robust: { ...loadEmbedded('robust'), name: 'second' },
});

describe.each([
  ['attribution', visualizeAttribution],
  ['minimal change', visualizeChange],
] as const)('the picture of %s', (_, visualize) => {
  it('shows a second network where there is one, and says which it is at', async () => {
    const { model, robust } = pair();
    const drawn = async (networks: Partial<ReturnType<typeof pair>>) => {
      const told: string[] = [];
      const onProgress = (how: string): number => told.push(how);
      const options = { outputDirectory, pictures: [landscape(96)], onProgress, ...networks };
      const [file] = await visualize(options);
      return { told, height: (await loadPicture(file)).height };
    };
    const one = await drawn({ model });
    const two = await drawn({ model, robust });
    expect(two.height).toBeGreaterThan(1.5 * one.height);
    expect(one.told.every((how) => how.endsWith(', first'))).toBe(true);
    expect(two.told.filter((how) => how.endsWith(', second'))).toHaveLength(one.told.length);
  }, 120_000);
});
