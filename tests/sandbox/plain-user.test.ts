import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { IsolationReport } from '../../grader/sandbox/isolation.ts';
import type { Means } from '../../grader/sandbox/layers.ts';
import { buildLauncher } from '../../grader/sandbox/native-launcher.ts';
import { isRoot } from './run-program.ts';

const USER = 60_597;
const MODULE = new URL('../../grader/sandbox/launch.ts', import.meta.url).href;
const PROGRAM = `
  import { openSandbox } from ${JSON.stringify(MODULE)};
  const sandbox = openSandbox({ without: JSON.parse(process.argv[1]) });
  console.log(JSON.stringify(await sandbox.proveIsolation({ hidden: [process.argv[2]] })));`;

function proveAsPlainUser(without: readonly Means[]): IsolationReport {
  const identity = [`--reuid=${USER}`, `--regid=${USER}`, '--clear-groups', '--no-new-privs'];
  const node = [process.execPath, '--import', 'tsx', '--input-type=module', '-e', PROGRAM];
  const { stdout, stderr, status } = spawnSync(
    'setpriv',
    [...identity, ...node, JSON.stringify(without), import.meta.filename],
    { encoding: 'utf8', env: { PATH: process.env.PATH, HOME: '/nonexistent' }, timeout: 30_000 },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as IsolationReport;
}

describe.runIf(isRoot)('a grader without root', () => {
  buildLauncher();
  afterAll(() => rmSync(join(tmpdir(), `tsx-${USER}`), { recursive: true, force: true }));

  it.each<{ name: string; without: Means[]; level: string; open: string[] }>([
    { name: 'everything', without: [], level: 'namespaces', open: [] },
    { name: 'no bubblewrap', without: ['bubblewrap'], level: 'filtered', open: [] },
    {
      name: 'no bubblewrap and no compiler',
      without: ['bubblewrap', 'compiler'],
      level: 'filtered',
      open: [],
    },
    {
      name: 'neither bubblewrap nor Landlock',
      without: ['bubblewrap', 'landlock'],
      level: 'filtered',
      open: ['grader-memory', 'hidden-files', 'other-files', 'process-list'],
    },
    {
      name: 'bubblewrap but no launcher',
      without: ['compiler', 'perl'],
      level: 'namespaces',
      open: ['processes'],
    },
  ])('keeps the canary in with $name, but for $open', ({ without, level, open }) => {
    const report = proveAsPlainUser(without);
    expect(report.level).toBe(level);
    expect(Object.keys(report.open).sort()).toEqual(open);
    expect(report.held).toEqual(expect.arrayContaining(['network', 'signals', 'daemon']));
  });
});
