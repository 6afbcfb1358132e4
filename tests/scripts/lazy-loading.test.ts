import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { ROOT } from '../../repository.ts';

/** The files and packages that are loaded with a program, before any `import()` of it runs. */
async function loadedWith(program: string): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [program],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    outdir: 'out',
    write: false,
    metafile: true,
  });
  const loaded = new Set<string>();
  const visit = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    for (const { path: next, kind } of metafile.inputs[path]?.imports ?? []) {
      if (kind !== 'dynamic-import') visit(next);
    }
  };
  visit(program);
  return [...loaded];
}

it('help loads neither TensorFlow.js nor TypeScript nor the reference', async () => {
  const loaded = await loadedWith('scripts/cli.ts');
  expect(loaded).toContain('commander');
  expect(loaded).toContain('scripts/commands/grade.ts');
  expect(
    loaded.filter((path) => /^@tensorflow\/|^typescript$|^reference\/|^esbuild$|^zod$/.test(path)),
  ).toEqual([]);
  const grading = await loadedWith('scripts/pictures/visualize.ts');
  expect(grading).toContain('@tensorflow/tfjs');
  expect(grading).toContain('reference/assignment.ts');
});
