import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { FIXTURES, ROOT } from '../../../repository.ts';
import { layOutKit, npmRun } from './laid-out-kit.ts';

// Those of all parts are drawn by npm run test:corpus.
it('the kit draws saliency maps and Grad-CAM, ties of max pooling included, as the reference does', async () => {
  const reference = join(FIXTURES, 'submissions/should-pass/reference');
  const files = ['visualizers/saliency-map.ts', 'visualizers/grad-cam.ts'];
  const folder = await layOutKit(new Map(files.map((path) => [path, readFileSync(join(reference, path))])));
  const drawn = mkdtempSync(join(tmpdir(), 'introspection-pictures-'));
  const parts = ['saliency-map', 'grad-cam'];
  await execa('npx', ['tsx', 'scripts/cli.ts', 'visualize', ...parts, '--out', drawn], { cwd: ROOT });
  expect(await npmRun(folder, 'visualize', ...parts)).toMatchObject({ exitCode: 0 });
  expect(readdirSync(drawn)).toHaveLength(2);
  for (const name of readdirSync(drawn)) {
    const [ours, theirs] = [drawn, join(folder, 'visualization')].map((at) =>
      PNG.sync.read(readFileSync(join(at, name))),
    );
    expect(theirs.data.equals(ours.data), name).toBe(true);
  }
  for (const path of [folder, drawn]) rmSync(path, { recursive: true, force: true });
}, 300_000);
