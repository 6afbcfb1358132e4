import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { REQUIRED } from '../../grader/sandbox/isolation.ts';
import { openSandbox } from '../../grader/sandbox/launch.ts';
import { isRoot, openDirectory } from './run-program.ts';

const { path: directory, remove } = openDirectory();
afterAll(remove);

const worldReadable = join(directory, 'fixtures');
mkdirSync(worldReadable);
writeFileSync(join(worldReadable, 'expected.json'), '{}');
const worldWritable = join(directory, 'results');
mkdirSync(worldWritable);
chmodSync(worldWritable, 0o777);
const secrets = { hidden: [worldReadable], results: [worldWritable] };

describe.runIf(isRoot)('the canary', () => {
  it.each([
    { name: 'everything', without: [] as const },
    { name: 'no bubblewrap', without: ['bubblewrap'] as const },
    { name: 'no bubblewrap and no compiler', without: ['bubblewrap', 'compiler'] as const },
  ])('gets out nowhere with $name, though the files’ modes would let it', async ({ without }) => {
    const report = await openSandbox({ isolation: 'strict', without }).proveIsolation(secrets);
    expect(report.open).toEqual({});
    expect(report.held).toEqual(expect.arrayContaining([...REQUIRED]));
  });

  it('reads what everyone may read where there is neither Landlock nor bubblewrap, and strict refuses', async () => {
    const without = ['bubblewrap', 'landlock'] as const;
    const report = await openSandbox({ without }).proveIsolation(secrets);
    expect(Object.keys(report.open).sort()).toEqual(['hidden-files', 'other-files', 'process-list']);
    await expect(openSandbox({ isolation: 'strict', without }).proveIsolation(secrets)).rejects.toThrow(
      new RegExp(`could read the files that the grader hides \\(read ${worldReadable}\\)`),
    );
    chmodSync(worldReadable, 0o700);
    const closed = await openSandbox({ isolation: 'strict', without }).proveIsolation(secrets);
    chmodSync(worldReadable, 0o755);
    expect(closed.held).toContain('hidden-files');
  });

  it('gets out in many ways by util-linux alone, still does not outlive its run, and strict refuses', async () => {
    const without = ['bubblewrap', 'compiler', 'perl'] as const;
    const report = await openSandbox({ without }).proveIsolation(secrets);
    expect(Object.keys(report.open).sort()).toEqual([
      'hidden-files',
      'network',
      'other-files',
      'process-list',
      'processes',
      'results',
    ]);
    expect(report.open.results).toMatch(`wrote ${worldWritable}/canary-`);
    expect(report.held).toEqual(expect.arrayContaining(['signals', 'grader-memory', 'daemon', 'privileges']));
    expect(() => openSandbox({ isolation: 'strict', without })).toThrow(/only at level own-uid/);
  });

  it('leaves nothing behind', async () => {
    const place = join(directory, 'temporary');
    mkdirSync(place, { mode: 0o755 });
    vi.stubEnv('TMPDIR', place);
    await openSandbox({ without: ['bubblewrap', 'compiler', 'perl'] }).proveIsolation(secrets);
    vi.unstubAllEnvs();
    expect(readdirSync(place)).toEqual([]);
    expect(readdirSync(worldWritable)).toEqual([]);
    const marks = ['/tmp', '/var/tmp', '/dev/shm'].flatMap((shared) => readdirSync(shared));
    expect(marks.filter((name) => /^canary-[0-9a-f]{16}$/.test(name))).toEqual([]);
  });
});

describe('practice', () => {
  it('promises nothing and tries nothing', async () => {
    const report = await openSandbox({ isolation: 'practice' }).proveIsolation();
    expect(report).toMatchObject({ level: 'process', tested: false, held: [], open: {} });
  });
});
