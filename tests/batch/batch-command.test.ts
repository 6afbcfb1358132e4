import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readJournal } from '../../batch/store/journal.ts';
import { EXAMPLE, ROOT, TEMPLATE } from '../../repository.ts';
import { PROGRAM } from '../scripts/program.ts';

let home: string;
let source: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'introspection-batch-'));
  source = join(home, 'class');
  mkdirSync(source);
  for (const name of ['ana', 'ben', 'cleo']) cpSync(EXAMPLE, join(source, `${name}.zip`));
  writeFileSync(join(source, 'dan.zip'), 'not a zip');
  writeFileSync(join(home, 'a-file'), '');
  mkdirSync(join(home, 'foreign'));
  writeFileSync(join(home, 'foreign', 'batch.json'), '{}');
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The cheapest part there is. */
const options = ['--part', 'concept-quiz', '--jobs', '1', '--quiet'];

const start = (...args: string[]) =>
  execa('node', [...PROGRAM, 'batch', ...args], { cwd: ROOT, reject: false });

const batch = (out: string, ...more: string[]) => start(source, '--out', out, ...options, ...more);

const linesOf = (out: string): number =>
  existsSync(join(out, 'journal.jsonl'))
    ? readFileSync(join(out, 'journal.jsonl'), 'utf8').split('\n').filter(Boolean).length
    : 0;

/** The outputs without what is a time. */
function timeless(out: string): string[] {
  return ['results.jsonl', 'grades.csv'].map((name) =>
    readFileSync(join(out, name), 'utf8').replaceAll(/"(?:seconds|processorSeconds)":[\d.]+/g, ''),
  );
}

describe('npm run batch', () => {
  const undisturbed = () => join(home, 'undisturbed');

  it('grades every submission, a broken one at its own cost only', async () => {
    const { exitCode, stdout } = await batch(undisturbed(), '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ submissions: 4, graded: 4, kept: 0, refused: 1, ours: 0 },
      refusals: [{ id: 'dan', why: expect.stringContaining('zip') as string }],
    });
    const scores = [...readJournal(join(undisturbed(), 'journal.jsonl')).values()].map(({ id, score }) => [
      id,
      score,
    ]);
    expect(scores).toEqual([
      ['ana', 4],
      ['ben', 4],
      ['cleo', 4],
      ['dan', 0],
    ]);
  });

  it('grades again only what changed', async () => {
    const out = join(home, 'again');
    await batch(out);
    rmSync(join(source, 'ben.zip'));
    mkdirSync(join(source, 'ben'));
    cpSync(join(TEMPLATE, 'quiz.md'), join(source, 'ben', 'quiz.md'));
    const second = await batch(out, '--json');
    expect(JSON.parse(second.stdout)).toMatchObject({ submissions: 4, kept: 3 });
    // Results that somebody touched do not stand, whichever of them.
    const results = (id: string, name: string) => join(out, 'submissions', id, name);
    const forGradescope = () =>
      JSON.parse(readFileSync(results('ben', 'results.json'), 'utf8')) as { tests: unknown[] };
    const { tests } = forGradescope();
    writeFileSync(results('ana', 'report.json'), '{}');
    writeFileSync(results('ben', 'results.json'), '{}');
    rmSync(results('cleo', 'report.html'));
    const third = await batch(out, '--json');
    expect(JSON.parse(third.stdout)).toMatchObject({ kept: 1 });
    expect(forGradescope()).toMatchObject({ score: 0, tests: tests.map(() => expect.anything() as unknown) });
    expect(existsSync(results('cleo', 'report.html'))).toBe(true);

    const { exitCode, stdout } = await start('diff', undisturbed(), out, '--fail-on-loss');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('-4  ben: 4 to 0');
    expect(stdout).toContain('(submission)');
    expect(stdout).toContain('1 loses, 0 gain, 3 keep their score');
  }, 120_000);

  it('killed at any moment, goes on and comes to the same', async () => {
    const out = join(home, 'killed');
    for (let kills = 1; kills <= 2; kills++) {
      const running = batch(out);
      const before = linesOf(out);
      while (linesOf(out) <= before && running.exitCode === null) await setTimeout(20);
      running.kill('SIGKILL');
      await running;
    }
    const resumed = await batch(out, '--json');
    expect(JSON.parse(resumed.stdout)).toMatchObject({ submissions: 4, graded: 4, ours: 0 });
    // The same class, undisturbed.
    expect(timeless(out)).toEqual(timeless(join(home, 'again')));
  }, 120_000);

  it('keeps the grades of all when it grades some', async () => {
    const out = join(home, 'again');
    const { stdout } = await batch(out, '--only', 'a*', '--again', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ submissions: 1, graded: 1, kept: 0 });
    expect(readFileSync(join(out, 'grades.csv'), 'utf8').trim().split('\n')).toHaveLength(5);
  });

  it('ends with an error where the results of somebody whom it does not grade are broken', async () => {
    const out = join(home, 'broken');
    await batch(out, '--only', '{ana,cleo}');
    writeFileSync(join(out, 'submissions', 'cleo', 'report.json'), '{');
    // Without --quiet: it is the progress that must not keep the process alive.
    const { exitCode, timedOut, stderr } = await execa(
      'node',
      [...PROGRAM, 'batch', source, '--out', out, '--part', 'concept-quiz', '--jobs', '1', '--only', 'ana'],
      { cwd: ROOT, reject: false, timeout: 60_000, killSignal: 'SIGKILL' },
    );
    expect(timedOut).toBe(false);
    expect(stderr).toContain('report.json cannot be read; remove it and run the batch again');
    expect(exitCode).toBe(3);
  }, 120_000);

  it('keeps who is like whom for the page of a later run, as long as it is true', async () => {
    const out = join(home, 'again');
    const page = () => readFileSync(join(out, 'class.html'), 'utf8');
    await batch(out, '--similar');
    expect(page()).toContain('% alike');
    const { stderr: silent } = await batch(out);
    expect(page()).toContain('% alike');
    expect(silent).toBe('');
    writeFileSync(join(source, 'ben', 'quiz.md'), 'another one');
    const { stderr } = await batch(out);
    expect(stderr).toContain('who is like whom is left out of class.html');
    expect(page()).not.toContain('% alike');
    expect(page()).toContain('Left out: submissions, assignment or grader have changed');
  }, 120_000);

  it('compares the rest where one file of the template is missing, and names it', async () => {
    const [out, template] = [join(home, 'alike'), join(home, 'template')];
    cpSync(TEMPLATE, template, { recursive: true });
    rmSync(join(template, 'style-modules', 'tv-loss.ts'));
    const { exitCode, stderr } = await batch(
      out,
      '--only',
      '{ana,cleo}',
      '--template',
      template,
      '--similar',
    );
    expect(stderr).toContain('without these:\n  style-modules/tv-loss.ts: ENOENT');
    expect(exitCode).toBe(0);
    expect(readFileSync(join(out, 'grades.csv'), 'utf8')).toContain('ana');
    const page = readFileSync(join(out, 'class.html'), 'utf8');
    expect(page).toContain('% alike');
    expect(page).toContain('style-modules/tv-loss.ts: ENOENT');
  }, 120_000);

  it('says what it reads while nothing is graded, but for --quiet', async () => {
    const args = [source, '--out', join(home, 'told'), '--part', 'concept-quiz', '--jobs', '1', '--json'];
    await start(...args, '--quiet');
    const { stdout, stderr } = await start(...args, '--similar');
    expect(JSON.parse(stdout)).toMatchObject({ kept: 4 });
    for (const line of [
      'submissions hashed 4/4',
      'submissions read 4/4 4 graded before',
      'results read 4/4',
      'submissions read to compare 4/4',
      'steps of comparing',
    ])
      expect(stderr).toContain(line);
    expect((await start(...args, '--similar', '--quiet')).stderr).toBe('');
  }, 120_000);

  it('marks the checks that do not end the same way each time', async () => {
    const [from, out] = [join(home, 'moody'), join(home, 'repeated')];
    const code = `import * as tf from '@tensorflow/tfjs';
export function contentLoss(weight: number, current: tf.Tensor4D, original: tf.Tensor4D): tf.Scalar {
  return tf.tidy(() => tf.mul<tf.Scalar>(weight * Number(Math.random() < 0.5), tf.sum(tf.square(tf.sub(current, original)))));
}
`;
    for (const [name, text] of [
      ['moody', code],
      ['steady', code.replace('Math.random()', '0.1')],
    ]) {
      mkdirSync(join(from, name, 'style-modules'), { recursive: true });
      writeFileSync(join(from, name, 'style-modules/content-loss.ts'), text);
    }
    const args = [from, '--out', out, '--part', 'content-loss', '--jobs', '1', '--quiet', '--json'];
    await start(...args, '--repeat', '3');
    const entries = readJournal(join(out, 'journal.jsonl'));
    expect(entries.get('moody')?.flaky).not.toEqual([]);
    expect(entries.get('steady')).toMatchObject({ flaky: [], runs: 3 });
    expect(readFileSync(join(out, 'class.html'), 'utf8')).toContain('Flaky checks');
    // What was graded once does not stand where it is to be graded twice; more often is as good.
    expect(JSON.parse((await start(...args, '--repeat', '2')).stdout)).toMatchObject({ kept: 2 });
  }, 240_000);

  it.each([
    [
      'a part that is not there',
      () => [source, '--out', join(home, 'x'), '--part', 'quizz'],
      'did you mean quiz?',
    ],
    ['a submission itself', () => [TEMPLATE, '--out', join(home, 'x')], 'is itself a submission'],
    ['a folder that cannot be', () => [source, '--out', join(home, 'a-file', 'x')], 'there is a file at'],
    ['results among the submissions', () => [source, '--out', source], 'is the folder of the submissions'],
    [
      'a name that no submission has',
      () => [source, '--out', join(home, 'x'), '--only', 'z*'],
      'there are ana, ben, cleo and others',
    ],
    [
      'a comparison with what no batch has written',
      () => ['diff', join(home, 'foreign'), join(home, 'foreign')],
      'batch.json is not what npm run batch writes, or damaged',
    ],
    [
      'results beside what no batch has written',
      () => [source, '--out', join(home, 'foreign')],
      'batch.json is not what npm run batch writes, or damaged',
    ],
    ['a comparison with no batch', () => ['diff', source, source], 'holds no batch'],
  ])('says what is wrong with %s, in a sentence', async (_, args, message) => {
    const { exitCode, stderr } = await start(...args());
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
    expect(exitCode).toBe(2);
  });

  it('lets one batch at a time write to a folder, and needs one', async () => {
    const out = join(home, 'taken');
    mkdirSync(out);
    writeFileSync(join(out, 'batch.lock'), String(process.ppid));
    expect(await batch(out)).toMatchObject({ exitCode: 2 });
    expect((await start(source)).stderr).toContain('say with --out');
  });
});
