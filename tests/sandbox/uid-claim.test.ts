import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { claimUid, UID_RANGE, type UidClaim } from '../../grader/sandbox/uid-claim.ts';
import { isRoot } from './run-program.ts';

const MODULE = new URL('../../grader/sandbox/uid-claim.ts', import.meta.url).href;

describe.runIf(isRoot)('claiming user ids', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'claims-'))));
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  it('gives ids of the reserved range, each once, and takes them back', () => {
    const claims = Array.from({ length: 40 }, () => claimUid(directory));
    const uids = claims.map(({ uid }) => uid);
    expect(new Set(uids).size).toBe(40);
    expect(Math.min(...uids)).toBeGreaterThanOrEqual(UID_RANGE.first);
    expect(Math.max(...uids)).toBeLessThan(UID_RANGE.first + UID_RANGE.count);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    for (const claim of claims) claim.release();
    expect(readdirSync(directory)).toEqual([]);
  });

  it('never gives one id to two graders at once', async () => {
    const claimant = `
      import { claimUid } from ${JSON.stringify(MODULE)};
      const claims = Array.from({ length: 60 }, () => claimUid(process.argv[1]));
      console.log(claims.map(({ uid }) => uid).join(' '));
      process.stdin.once('data', () => process.exit(0));`;
    const graders = Array.from({ length: 4 }, () =>
      spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', claimant, directory], {
        stdio: ['pipe', 'pipe', 'inherit'],
      }),
    );
    const uids = await Promise.all(
      graders.map(async ({ stdout }) =>
        String((await once(stdout, 'data'))[0])
          .trim()
          .split(' ')
          .map(Number),
      ),
    );
    expect(uids.map((list) => list.length)).toEqual([60, 60, 60, 60]);
    expect(new Set(uids.flat()).size).toBe(240);
    const ended = graders.map((grader) => once(grader, 'exit'));
    for (const grader of graders) grader.stdin.end('go');
    await Promise.all(ended);
  });

  // A process id that cannot be: above the kernel's largest.
  const deadClaim = (uid: number): string => join(directory, `${uid}.5000000.1.00000000.0`);

  /** Claims what can be had; ids under which another grader's child runs at the moment cannot. */
  function claimAll(): { claims: UidClaim[]; refusal: unknown } {
    const claims: UidClaim[] = [];
    for (;;) {
      try {
        claims.push(claimUid(directory));
      } catch (refusal) {
        return { claims, refusal };
      }
    }
  }

  it('forgets the claims of a grader that died and left nothing', async () => {
    for (let i = 0; i < UID_RANGE.count; i++) writeFileSync(deadClaim(UID_RANGE.first + i), '');
    // A dead claim stays as long as something runs under its id, be it a child of another grader on this host.
    await vi.waitFor(
      () => {
        const claim = claimUid(directory);
        const left = readdirSync(directory).length;
        claim.release();
        expect(claim.inherited).toBe(false);
        expect(left).toBe(1);
      },
      { timeout: 30_000, interval: 200 },
    );
  });

  it('takes over an id under which a grader that died left a process, and says so', async () => {
    const { claims } = claimAll();
    const freed = claims.shift()!;
    freed.release();
    writeFileSync(deadClaim(freed.uid), '');
    const identity = [`--reuid=${freed.uid}`, `--regid=${freed.uid}`, '--clear-groups'];
    const orphan = spawn('setpriv', [...identity, 'sh', '-c', 'echo; exec sleep 20'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exit = once(orphan, 'exit');
    await once(orphan.stdout, 'data');
    // Ids that other graders gave back meanwhile may come first.
    const last = claimAll().claims;
    orphan.kill('SIGKILL');
    await exit;
    expect(last.filter(({ inherited }) => inherited).map(({ uid }) => uid)).toEqual([freed.uid]);
    for (const claim of [...claims, ...last]) claim.release();
  });

  it('fails when all are taken', () => {
    const { claims, refusal } = claimAll();
    expect(claims.length).toBeGreaterThan(UID_RANGE.count / 2);
    expect(refusal).toMatchObject({ message: 'all user ids from 60600 to 61099 are in use' });
    for (const claim of claims) claim.release();
  });

  it('refuses a directory that someone else could have made', () => {
    const real = join(directory, 'real');
    mkdirSync(real);
    const link = join(directory, 'link');
    symlinkSync(real, link);
    expect(() => claimUid(link)).toThrow(/is not a directory of ours/);
  });
});
