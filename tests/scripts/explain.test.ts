import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FIXTURES, ROOT } from '../../repository.ts';
import { PROGRAM } from './program.ts';

const MISTAKE = join(FIXTURES, 'submissions/should-fail/tv-loss/mean-instead-of-sum');

let home: string;
beforeAll(() => (home = mkdtempSync(join(tmpdir(), 'introspection-explain-'))));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const explain = (...args: string[]) =>
  execa('node', [...PROGRAM, 'explain', ...args], {
    cwd: ROOT,
    reject: false,
  });

const page = () => join(home, 'pages', 'explained.html');

describe('npm run explain', () => {
  it('says why, and keeps to itself what students must not see', async () => {
    const { exitCode, stdout, stderr } = await explain(
      MISTAKE,
      ...['--check', 'tv-loss/by-hand', 'tv-loss/batch', '--page', page(), '--save', join(home, 'case')],
    );
    expect(exitCode).toBe(0);
    // Two checks of one part.
    expect(stderr).toContain('parts graded 1/1');
    expect(stdout).toContain('  failed: by-hand, value, gradient, landscape,');
    expect(stdout).toContain(
      'fails exactly the same checks as the known mistake “mean-instead-of-sum”; in all 4 checks compared, the values are the same, too:',
    );
    // It fails the same checks, with other values.
    expect(stdout).not.toContain('known mistake “absolute-value”');
    expect(stdout).toContain('const vertical = below.sub(above).square().mean();');
    expect(stdout).toContain('const loss = tvLoss(image, 0.5);');
    expect(stdout).toContain(
      'gradient, gradient with respect to argument 0 (image): float32 [1,2,2,1] -4, -4, 0, 8',
    );
    const [, secret] = stdout.split('tv-loss/batch:');
    expect(secret).toContain('The result on an input that you have not seen is wrong.');
    expect(secret).not.toContain('received ');
    expect(secret).not.toContain('the reference returns');
    expect(existsSync(page())).toBe(true);
  }, 240_000);

  it('comes to the same from what it saved, and reveals then', async () => {
    const readme = readFileSync(join(home, 'case', 'README.md'), 'utf8');
    const [, args] = /npm run explain -- (.*)/.exec(readme) ?? [];
    expect(args).toContain('--reveal --check tv-loss/by-hand tv-loss/batch');
    const here = args.replaceAll('"', '').replaceAll('$CASE', join(home, 'case')).split(' ');
    const { exitCode, stdout } = await explain(...here, '--page', page());
    expect(exitCode).toBe(0);
    expect(stdout).toContain('in all 9 checks compared, the values are the same, too');
    const [, secret] = stdout.split('tv-loss/batch:');
    expect(secret).toContain('the reference returns');
    expect(secret).toContain('> const loss = tvLoss(image, 0.4);');
    expect(secret).toContain('  const gradient = tvLoss(image, 0.4);');
    expect(secret).toContain('it is for the staff alone');
    const html = readFileSync(page(), 'utf8');
    for (const line of [
      'tvLoss adds up the losses of a batch',
      'const vertical = below.sub(above).square().mean();',
      'in all 9 checks compared, the values are the same, too',
      '&gt; const loss = tvLoss(image, 0.4);',
      '<figcaption>inputs</figcaption>',
      '<figcaption>the reference returns</figcaption>',
      '<figcaption>tolerance</figcaption>',
    ])
      expect(html).toContain(line);
    expect(html).not.toContain('tvLoss is right on an image that is not square');
  }, 240_000);

  it('shows the answers to a quiz, and to the staff alone which are right', async () => {
    const quiz = join(FIXTURES, 'submissions/should-fail/concept-quiz/one-mark-each');
    const args = ['--check', 'concept-quiz/transfer', '--page', page()];
    const { stdout } = await explain(quiz, ...args, '--reveal');
    expect(stdout).toMatch(/T3: marked “A deep layer [^”]*”; right is “A deep layer [^”]*” and “Textures /);
    const { stdout: kept } = await explain(quiz, ...args);
    expect(kept).toMatch(/T3: marked “A deep layer [^”]*”\n/);
    expect(kept).not.toMatch(/right is|is right:/);
  }, 240_000);

  it('shows what passed where nothing is to be explained', async () => {
    const right = join(FIXTURES, 'submissions/should-pass/reference');
    const { stdout } = await explain(right, '--part', 'content-loss', '--page', page());
    expect(stdout).toContain('Every check passed.');
    expect(readFileSync(page(), 'utf8')).toMatch(/<strong>\d+<\/strong> passed/);
  }, 240_000);

  it('tells known mistakes in a quiz apart by the answers', async () => {
    const quiz = join(FIXTURES, 'submissions/should-fail/concept-quiz/probability-not-differentiable');
    const args = ['--check', 'concept-quiz/saliency', '--page', page(), '--reveal'];
    const { stdout } = await explain(quiz, ...args);
    expect(stdout).toContain(
      'the known mistake “probability-not-differentiable”; in the one check compared, the answers are the same, too:',
    );
    expect(stdout).not.toContain('known mistake “one-mark-too-many”');
  }, 240_000);

  it('tells known mistakes that fail one private check apart by what students read of it', async () => {
    const disposed = join(FIXTURES, 'submissions/should-fail/minimal-change/original-disposed');
    const { stdout } = await explain(disposed, '--part', 'minimal-change', '--page', page());
    expect(stdout).toContain(
      'known mistake “original-disposed”; in the one check compared, the messages are the same, too:',
    );
    expect(stdout).not.toContain('known mistake “tensors-left-behind”');
  }, 240_000);

  it('explains the results that Gradescope or a batch has kept, without grading again', async () => {
    const args = [...PROGRAM, 'grade', MISTAKE];
    await execa('node', [...args, '--part', 'tv-loss', '--out', join(home, 'results')], { cwd: ROOT });
    const results = join(home, 'results', 'results.json');
    const { exitCode, stdout, stderr } = await explain(results, '--check', 'tv-loss/batch', '--page', page());
    expect(exitCode).toBe(0);
    expect(stderr).not.toContain('parts graded');
    expect(stdout).toContain('The result on an input that you have not seen is wrong.');
    expect(stdout).toContain('const loss = tvLoss(image, 0.4);');
    expect(stdout).not.toContain('expected 287');
    // Which of the two it is, only grading them would tell.
    expect(stdout).toContain('exactly the same checks as the known mistake “mean-instead-of-sum”:');
    expect(stdout).toContain('exactly the same checks as the known mistake “absolute-value”:');
    expect(stdout).not.toContain('finds out');
    expect(stdout).toContain(`${page()} shows the same.`);
    const revealed = await explain(results, '--check', 'tv-loss/batch', '--reveal', '--page', page());
    expect(revealed.stdout).toContain('expected 287, received 1.66');
    expect(await explain(results, '--save', join(home, 'other'))).toMatchObject({ exitCode: 2 });
    writeFileSync(results, '{}');
    expect(await explain(results)).toMatchObject({
      ...{ exitCode: 2, stdout: '' },
      stderr: expect.stringMatching(/^explain: .* is no results of this grader: .*--help$/) as string,
    });
  }, 240_000);

  it('tells why a submission is refused before anything looks like grading', async () => {
    const broken = join(home, 'broken.zip');
    writeFileSync(broken, 'no zip');
    const { exitCode, stderr } = await explain(broken);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('explain: refused; its student reads: The uploaded file is not a zip.');
    expect(stderr).toContain(
      '\nFor the staff: look into the file, with unzip -l where it is a zip, or ask the student to submit again.',
    );
    expect(stderr).not.toContain('parts graded');
    const empty = join(home, 'empty');
    mkdirSync(empty);
    const ofFolder = await explain(empty);
    expect(ofFolder.stderr).toMatch(/its student reads: .*\nFor the staff: look into the folder, or ask /);
  });

  it.each([
    ['a check that is not there', () => ['--check', 'tv-loss/bath'], 'tv-loss has by-hand, value'],
    [
      'a check of another part than is asked for',
      () => ['--check', 'tv-loss/leftovers', '--part', 'style-loss'],
      'tv-loss/leftovers is no check of --part style-loss: name its part as well, or leave --part out',
    ],
    ['a check without its part', () => ['--check', 'value'], 'name it as part/check'],
    ['a folder to save to that is there', () => ['--part', 'tv-loss', '--save', home], 'name a new folder'],
  ])('refuses %s before it grades', async (_, args, message) => {
    const { exitCode, stderr } = await explain(MISTAKE, ...args());
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('parts graded');
  });
});
