import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { filesBelow } from '../../grader/format/files-below.ts';
import { FIXTURES, ROOT } from '../../repository.ts';
import { layOutKit, npmRun } from '../packaging/kit/laid-out-kit.ts';

const MINUTES = 60_000;

it(
  'every picture that the kit draws has the pixels that the reference draws on this machine',
  async () => {
    const reference = join(FIXTURES, 'submissions/should-pass/reference');
    const solutions = filesBelow(reference).map(
      (path) => [path, readFileSync(join(reference, path))] as const,
    );
    const folder = await layOutKit(new Map(solutions.filter(([path]) => path.endsWith('.ts'))));
    const drawn = mkdtempSync(join(tmpdir(), 'introspection-pictures-'));
    try {
      await execa('npx', ['tsx', 'scripts/cli.ts', 'visualize', '--out', drawn], { cwd: ROOT });
      expect(await npmRun(folder, 'visualize')).toMatchObject({ exitCode: 0 });
      const pictures = readdirSync(drawn);
      expect(pictures.length).toBeGreaterThan(12);
      expect(readdirSync(join(folder, 'visualization'))).toEqual(pictures);
      for (const name of pictures) {
        const [ours, theirs] = [drawn, join(folder, 'visualization')].map((at) =>
          PNG.sync.read(readFileSync(join(at, name))),
        );
        expect([theirs.width, theirs.height], name).toEqual([ours.width, ours.height]);
        expect(theirs.data.equals(ours.data), name).toBe(true);
      }
    } finally {
      for (const path of [folder, drawn]) rmSync(path, { recursive: true, force: true });
    }
  },
  30 * MINUTES,
);
