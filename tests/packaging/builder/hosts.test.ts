import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ROOT } from '../../../repository.ts';
import { isRoot } from '../../sandbox/run-program.ts';
import { installPackage, type InstalledPackage } from './installed-package.ts';

const USER = 60_595;
const FULL = 11;

/** Runs a shell script in a file tree of its own, which ends by becoming the program that it is given. */
const inOwnTree = (script: string): string[] => [
  'unshare',
  '--mount',
  'sh',
  '-ec',
  `mount --make-rprivate /\n${script}\nexec "$@"`,
  'sh',
];

const plainUser = ['setpriv', `--reuid=${USER}`, `--regid=${USER}`, '--clear-groups', '--no-new-privs'];

/** Where control groups are made: version 1, then version 2. */
const GROUPS = ['/sys/fs/cgroup/pids', '/sys/fs/cgroup'].find((path) =>
  existsSync(join(path, 'cgroup.procs')),
);

/** Gives a command that becomes another one in a control group of so many processes and threads. */
async function withProcesses(
  most: number,
  work: (command: readonly string[]) => Promise<void>,
): Promise<void> {
  const group = join(GROUPS!, `introspection-${randomBytes(6).toString('hex')}`);
  mkdirSync(group);
  try {
    writeFileSync(join(group, 'pids.max'), String(most));
    await work(['sh', '-ec', `echo $$ > ${group}/cgroup.procs\nexec "$@"`, 'sh']);
  } finally {
    // What has just been killed may still be in it.
    await vi.waitFor(() => rmdirSync(group), { timeout: 10_000, interval: 200 });
  }
}

let installed: InstalledPackage;
beforeAll(async () => {
  // Not below /tmp, which some of these hosts have otherwise.
  installed = await installPackage({}, '/var/tmp');
});
afterAll(() => installed.remove());

/** Another /tmp; this project stays where it is, even where that is below it. */
const otherTmp = (options: string): string => `
    mkdir -p ${installed.root}/project
    mount --bind ${ROOT} ${installed.root}/project
    mount -t tmpfs -o ${options} none /tmp
    mkdir -p ${ROOT}
    mount --bind ${installed.root}/project ${ROOT}`;

/** Everything read-only but the results and what is mounted by a script. */
const readOnly = (script: string): string[] =>
  inOwnTree(`
    results=${join(installed.root, 'results')}
    mount --bind $results $results
    ${script}
    mount -o remount,bind,ro /`);

async function expectFullMarks(command: readonly string[]): Promise<void> {
  const { exitCode, output } = await installed.runBy(command, installed.selfTest.right);
  expect(output).toContain('graded');
  expect(exitCode, output).toBe(0);
  expect(installed.results().score).toBe(FULL);
}

/** The student is told that it is not their fault, and the staff why. */
async function expectOurFault(command: readonly string[], why: RegExp): Promise<void> {
  const { exitCode, output } = await installed.runBy(command, installed.selfTest.right);
  expect(exitCode, output).toBe(3);
  expect(output).toMatch(why);
  const results = installed.results();
  expect(JSON.stringify(results)).toMatch(/contact the staff/);
  expect(JSON.stringify(results)).not.toMatch(/does not compile/);
}

describe.runIf(isRoot)('the package on a host', { timeout: 180_000 }, () => {
  it('whose /tmp is mounted noexec grades a right submission with full marks', async () => {
    await expectFullMarks(inOwnTree(otherTmp('noexec,mode=1777')));
  });

  it('whose root is read-only, with a /tmp of its own, grades it, too', async () => {
    await expectFullMarks(readOnly(otherTmp('mode=1777')));
  });

  it('whose root is read-only, with only a noexec /tmp of its own, grades it, too', async () => {
    const tree = `
      ${otherTmp('mode=1777,noexec')}
      mount -t tmpfs -o ro none /dev/shm`;
    await expectFullMarks(readOnly(tree));
  });

  it('where nothing can be written to says so', async () => {
    await expectOurFault(
      readOnly('mount -t tmpfs -o ro none /dev/shm'),
      /there is no folder to work in: none of \/tmp \(EROFS\).* can be written to\. Set TMPDIR/,
    );
  });

  it('where a compiler can be executed nowhere names it, the reason and what to change', async () => {
    const modules = join(installed.root, 'source', 'node_modules');
    const tree = `
      ${otherTmp('noexec,mode=1777')}
      mount --bind $(readlink -f ${modules})/@esbuild $(readlink -f ${modules})/@esbuild
      mount -o remount,bind,noexec $(readlink -f ${modules})/@esbuild`;
    await expectOurFault(inOwnTree(tree), /esbuild.*(?:EACCES|Permission denied)/);
  });

  it('that allows 40 processes and threads grades it, too', async () => {
    await withProcesses(40, (command) => expectFullMarks(command));
  });

  it('that allows 32 grades it, or says how many there are', async () => {
    await withProcesses(32, async (command) => {
      const { exitCode, output } = await installed.runBy(command, installed.selfTest.right);
      if (exitCode === 0) expect(installed.results().score).toBe(FULL);
      else expect(output).toMatch(/too few processes and threads \(32,.*--pids-limit/);
      expect(JSON.stringify(installed.results())).not.toMatch(/does not compile/);
    });
  });

  it.each([14, 20])('that allows %i says how many there are', async (most) => {
    const why = new RegExp(`too few processes and threads \\(${most},.*--pids-limit`);
    await withProcesses(most, (command) => expectOurFault(command, why));
  });

  it('that runs it as a plain user grades it, too', async () => {
    await expectFullMarks(plainUser);
  });

  it('that runs it as a plain user, closed to others by root, says what cannot be read', async () => {
    const closed = join(installed.root, 'source', 'assignment', 'private');
    chmodSync(closed, 0o700);
    try {
      await expectOurFault(plainUser, /EACCES.*assignment\/private/);
    } finally {
      chmodSync(closed, 0o755);
    }
  });
});
