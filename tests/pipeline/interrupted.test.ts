import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gradescopeResults } from '../../grader/gradescope/results-schema.ts';
import { childrenBelow, claimsOf, startGrader, until, type Grader } from './interrupted-grader.ts';

let base: string;
let temporary: string;
let started: Grader[];
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'introspection-interrupted-'));
  // Children run under user ids of their own.
  chmodSync(base, 0o755);
  temporary = join(base, 'temporary');
  mkdirSync(temporary);
  started = [];
});
afterEach(async () => {
  for (const grader of started) {
    grader.process.kill('SIGKILL');
    await grader.ended;
  }
  rmSync(base, { recursive: true, force: true });
});

/** What graders have in the temporary directory. */
const scratch = (): string[] => readdirSync(temporary).filter((name) => name.startsWith('introspection-'));

interface Options {
  readonly submission?: 'right' | 'wrong';
  readonly without?: string;
}

/** A grader that works on a submission with an endless loop, unless told otherwise. */
function start(name: string, { submission = 'wrong', without = '' }: Options = {}): Grader {
  const directory = join(base, name);
  const args = [submission, without, '60'];
  const grader = startGrader({ program: 'grade-self-test.ts', temporary, directory, args });
  started.push(grader);
  return grader;
}

/** Waits until a child is in its endless loop: two parts are graded, and a process works on the third. */
async function untilInLoop(name: string): Promise<void> {
  const results = join(base, name, 'results.json');
  await until('a child loops', () => {
    if (!existsSync(results)) return false;
    const { extra_data: extra, tests = [] } = gradescopeResults.parse(
      JSON.parse(readFileSync(results, 'utf8')),
    );
    const judged = tests.filter(({ output = '' }) => !output.includes('Not graded'));
    return extra?.state === 'running' && judged.length >= 4 && childrenBelow(temporary).length > 0;
  });
}

describe('a grader that is interrupted', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('by %s leaves nothing behind', async (signal) => {
    const grader = start('one');
    await untilInLoop('one');
    expect(scratch()).not.toEqual([]);
    grader.process.kill(signal);
    expect(await grader.ended).toEqual({ code: 128 + constants.signals[signal], signal: null });
    expect(scratch()).toEqual([]);
    expect(childrenBelow(temporary)).toEqual([]);
    expect(claimsOf(grader.process.pid)).toEqual([]);
    expect(readdirSync(join(base, 'one')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('before its first child runs leaves nothing behind either', async () => {
    const grader = start('one');
    await until('it has a directory', () => scratch().some((name) => name.includes('-grader-')));
    grader.process.kill('SIGINT');
    expect(await grader.ended).toEqual({ code: 130, signal: null });
    expect(scratch()).toEqual([]);
  });
});

describe('a grader that starts', () => {
  it('sweeps what a killed one has left, and nothing of one that lives', async () => {
    const [killed, living] = [start('killed'), start('living')];
    await Promise.all(['killed', 'living'].map(untilInLoop));
    const before = scratch();
    killed.process.kill('SIGKILL');
    await killed.ended;
    const ofKilled = before.filter((name) => name.includes(`-${killed.process.pid}.`));
    const ofLiving = before.filter((name) => name.includes(`-${living.process.pid}.`));
    expect([ofKilled.length, ofLiving.length]).toEqual([1, 1]);
    expect(scratch()).toEqual(expect.arrayContaining(ofKilled));
    mkdirSync(join(temporary, 'introspection-of-somebody-else'));

    const next = start('next', { submission: 'right' });
    expect(await next.ended).toEqual({ code: 0, signal: null });
    expect(scratch().sort()).toEqual([...ofLiving, 'introspection-of-somebody-else'].sort());
    expect(existsSync(join(temporary, ofLiving[0], 'child', 'runner.mjs'))).toBe(true);
    expect(living.process.exitCode).toBeNull();
  });

  it.runIf(process.getuid?.() === 0)('ends children that outlived a killed one', async () => {
    const without = 'bubblewrap,compiler,perl';
    const killed = start('killed', { without });
    await untilInLoop('killed');
    killed.process.kill('SIGKILL');
    await killed.ended;
    expect(childrenBelow(temporary)).not.toEqual([]);
    const next = start('next', { submission: 'right', without });
    expect(await next.ended).toEqual({ code: 0, signal: null });
    expect(childrenBelow(temporary)).toEqual([]);
    expect(scratch()).toEqual([]);
  });
});
