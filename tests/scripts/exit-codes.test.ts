import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CASE_FILES } from '../../grader/assignment/load.ts';
import { FindingError, runToExitCode } from '../../grader/cli/exit-code.ts';
import { GraderError, SubmissionError, UsageError } from '../../grader/format/errors.ts';
import type { GradeReport } from '../../grader/report/grade-report.ts';
import { writeSelfTest } from '../../grader/self-test/write-self-test.ts';
import { plainErrorsAs } from '../../scripts/plain-errors.ts';
import { ROOT } from '../../repository.ts';
import { runInProcess } from './run-in-process.ts';

async function endOf(thrown: unknown): Promise<{ exitCode: number; text: string }> {
  let text = '';
  const work = (): Promise<void> => Promise.reject(thrown as Error);
  const exitCode = await runToExitCode(work, {
    name: () => 'work',
    help: () => 'help: work --help',
    write: (more) => void (text += more),
  });
  return { exitCode, text };
}

describe('the end of a program', () => {
  it('is 0 and silent when its work is done', async () => {
    const write = vi.fn();
    expect(await runToExitCode(() => Promise.resolve(), { name: () => 'work', write })).toBe(0);
    expect(write).not.toHaveBeenCalled();
  });

  it.each([
    [new SubmissionError('no zip'), 1, 'work: no zip\n'],
    [new FindingError('2 of 3 failed'), 1, 'work: 2 of 3 failed\n'],
    [new UsageError('no such part'), 2, 'work: no such part; help: work --help\n'],
    [new GraderError('fixtures are missing'), 3, 'work: fixtures are missing\n'],
  ])('tells %s in one line', async (error, exitCode, text) => {
    expect(await endOf(error)).toEqual({ exitCode, text });
  });

  it('is that of its work where whoever reads what it prints has seen enough', () => {
    const command = 'node --import tsx scripts/cli.ts grade --help | true; echo "${PIPESTATUS[0]}"';
    const { stdout, stderr } = spawnSync('bash', ['-c', command], { cwd: ROOT, encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: '0\n', stderr: '' });
  });

  it('tells what the system refused in one line', async () => {
    const error = Object.assign(new Error('EACCES: permission denied, open "/x"'), { syscall: 'open' });
    expect(await endOf(error)).toEqual({ exitCode: 3, text: 'work: EACCES: permission denied, open "/x"\n' });
  });

  it('shows where a mistake of ours is, and the cause of a fault', async () => {
    const mistake = await endOf(new RangeError('Maximum call stack size exceeded'));
    expect(mistake.exitCode).toBe(3);
    expect(mistake.text).toMatch(/work: RangeError: Maximum call stack[^]*exit-codes\.test\.ts/);
    const fault = await endOf(new GraderError('no WASM', { cause: new TypeError('not a module') }));
    expect(fault.text).toMatch(/^work: no WASM\nTypeError: not a module\n/);
    expect((await endOf('thrown text')).text).toBe('work: thrown text\n');
  });
});

describe('plain errors of a room', () => {
  it('become errors that a command ends with, mistakes do not', async () => {
    const sentence = plainErrorsAs(FindingError, () => Promise.reject(new Error('it is damaged')));
    await expect(sentence).rejects.toThrow(new FindingError('it is damaged'));
    const mistake = plainErrorsAs(FindingError, () => {
      throw new TypeError('x is not a function');
    });
    await expect(mistake).rejects.toThrow(TypeError);
  });
});

describe('a submission that cannot be graded', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'exit-codes-'));
    vi.spyOn(console, 'log').mockImplementation(() => {});
  });
  afterEach(() => {
    vi.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  it.each(['grade', 'simulate'])('ends %s with 1 and a sentence', async (command) => {
    const notes = join(folder, 'notes.txt');
    writeFileSync(notes, 'no zip');
    const out = ['--out', join(folder, 'out')];
    const wrong = await runInProcess([command, notes, ...out]);
    expect(wrong.stderr).toMatch(/not a zip/);
    expect(wrong.exitCode).toBe(1);
    const missing = await runInProcess([command, join(folder, 'gone.zip'), ...out]);
    expect(missing.stderr).toMatch(/There is no file or folder at .*gone\.zip/);
    expect(missing.exitCode).toBe(1);
  });
});

describe('a grader at fault', () => {
  it('ends grade with 3 for a single part that could not be judged, when all others were', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'exit-codes-'));
    chmodSync(folder, 0o755);
    vi.spyOn(console, 'log').mockImplementation(() => {});
    const told = vi.spyOn(console, 'error').mockImplementation(() => {});
    try {
      const { right, template, assignment } = writeSelfTest(join(folder, 'self-test'));
      writeFileSync(join(assignment[0], 'clock', 'one', CASE_FILES.expected), 'damaged');
      const out = join(folder, 'out');
      const { exitCode, stderr } = await runInProcess([
        ...['grade', right, '--template', template, '--out', out],
        ...assignment.flatMap((half) => ['--assignment', half]),
      ]);
      expect(exitCode).toBe(3);
      expect(stderr).toMatch(/1 of \d+ checks could not be judged, through no fault of the submission/);
      const report = JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')) as GradeReport;
      const outcomes = report.parts.map(({ id, checks }) => [id, checks[0].outcome]);
      expect(Object.fromEntries(outcomes)).toMatchObject({
        weather: 'passed',
        poster: 'passed',
        clock: 'errored',
        visitor: 'passed',
      });
    } finally {
      told.mockRestore();
      vi.restoreAllMocks();
      rmSync(folder, { recursive: true });
    }
  });
});
