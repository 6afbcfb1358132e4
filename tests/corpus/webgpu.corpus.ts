import { execaNode } from 'execa';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectation } from '../../authoring/judging/expectation.ts';
import { readJson } from '../../grader/format/read-json.ts';
import { installedBackends } from '../../grader/tensorflow/index.ts';
import { FIXTURES, ROOT } from '../../repository.ts';
import { SOFTWARE_DRIVER } from '../tensorflow/software-driver.ts';

type Verdicts = Readonly<Record<string, string>>;

/** Small ones: a driver in software computes slowly. */
const PARTS = ['content-loss', 'tv-loss', 'style-loss', 'saliency-map'];
/** Solutions of a part, half of them wrong; `npm run prove -- webgpu` judges all of them. */
const MOST = 4;
const PROGRAM = join(ROOT, 'scripts/prove/on-backend.ts');
const PATIENCE_MS = 900_000;

function checksOf(verdicts: Verdicts, outcome: string): string[] {
  return Object.keys(verdicts)
    .filter((id) => verdicts[id] === outcome)
    .sort();
}

describe.skipIf(!installedBackends().includes('webgpu'))('on WebGPU the verdicts are those of WASM', () => {
  let verdicts: Readonly<Record<string, Verdicts>> = {};

  beforeAll(async () => {
    const driver = process.env['VK_DRIVER_FILES'] ?? SOFTWARE_DRIVER;
    const { stdout } = await execaNode(PROGRAM, ['webgpu', '-', String(MOST), ...PARTS], {
      nodeOptions: ['--import', 'tsx'],
      cwd: ROOT,
      env: existsSync(driver) ? { VK_DRIVER_FILES: driver } : {},
      timeout: PATIENCE_MS,
    });
    const done = JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as { verdicts: typeof verdicts };
    verdicts = done.verdicts;
  }, PATIENCE_MS);

  it.each(PARTS)('%s', (part) => {
    const names = Object.keys(verdicts).filter((name) => name.split('/')[1] === part);
    expect(names.length).toBe(MOST);
    expect(names.filter((name) => name.startsWith('should-fail')).length).toBe(MOST / 2);
    for (const name of names) {
      const found = {
        fails: checksOf(verdicts[name], 'failed'),
        skips: checksOf(verdicts[name], 'skipped'),
        errored: checksOf(verdicts[name], 'errored'),
      };
      const file = join(FIXTURES, 'submissions', name, 'expect.json');
      const { fails, skips } = existsSync(file)
        ? readJson(file, expectation, 'see docs/assignment-format.md')
        : { fails: [], skips: [] };
      expect(found, name).toEqual({ fails: [...fails].sort(), skips: [...skips].sort(), errored: [] });
    }
  });
});
