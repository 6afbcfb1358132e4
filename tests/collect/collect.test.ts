import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collect } from '../../collect_submission.ts';
import { collectWith, submissionFolder } from './submission-folder.ts';

const tvLoss = 'style-modules/tv-loss.ts';
const saliency = 'visualizers/saliency-map.ts';
const picture = 'visualization/saliency.png';

/** The text of `tv-loss.ts` with a statement on its line 3. */
function tvLossWith(statement: string): string {
  return `export function tvLoss(): void {\n  // Here.\n  ${statement}\n}\n`;
}

describe('collecting', () => {
  it('takes the solution files and the allowed others, in order, and nothing else', async () => {
    const collected = await collectWith({
      'notes.txt': 'mine',
      'visualization/deep/a.png': '',
      'quiz.md': '- [x]',
    });
    expect(collected.files.map(({ path }) => path)).toEqual(['quiz.md', tvLoss, picture, saliency]);
    expect(collected).toMatchObject({ refusals: [], warnings: [] });
    expect(collected.notes).toEqual([
      'notes.txt: not part of a submission, so it is not sent',
      'visualization/deep/a.png: not part of a submission, so it is not sent',
    ]);
  });

  it('says which allowed files there are none of', async () => {
    const { notes, refusals } = await collectWith({ [picture]: null });
    expect(notes).toEqual([
      'quiz.md: none there, so none is sent',
      'visualization/*.png: none there, so none is sent',
    ]);
    expect(refusals).toEqual([]);
  });

  it('warns of questions that have no answer marked, by name', async () => {
    const quiz =
      '### S1. Which?\n\n1. [ ] a\n1. [x] b\n\n### S2. What?\n\n- [ ] c\n- [ ] d\n\n## Notes\n\nNone.\n';
    const { warnings } = await collectWith({ 'quiz.md': quiz });
    expect(warnings).toEqual(['quiz.md: no answer is marked for S2']);
  });

  it('warns of a question that has one right answer where several are marked', async () => {
    const quiz = '### S1. Which?\n\n1. [x] a\n2. [ X ] b\n\n### S2. What?\n\n- [x] c\n- [x] d\n';
    const { warnings } = await collectWith({ 'quiz.md': quiz });
    expect(warnings).toEqual(['quiz.md: several answers are marked for S1, where one is right']);
  });

  it('reads a mark with spaces around it as the grader does', async () => {
    const quiz = '### S1. Which?\n\n- [ x ] a\n- [] b\n\n### S2. What?\n\n- [] c\n- [  ] d\n';
    const { warnings } = await collectWith({ 'quiz.md': quiz });
    expect(warnings).toEqual(['quiz.md: no answer is marked for S2']);
  });

  it('leaves out without a word what tools left there, and the file to try things out in', async () => {
    const { notes, files } = await collectWith({
      '.git/config': '',
      '.DS_Store': '',
      'visualization/._saliency.png': '',
      'node_modules/x/index.js': '',
      'package-lock.json': '',
      'assignment_3_submission.zip': 'older',
      'try.ts': 'console.log(1);',
    });
    expect(notes).toEqual(['quiz.md: none there, so none is sent']);
    expect(files).toHaveLength(3);
  });

  it('refuses when a solution file is missing', async () => {
    const { refusals } = await collectWith({ [saliency]: null });
    expect(refusals).toEqual([`${saliency}: missing; restore it from the assignment's zip`]);
  });

  it('refuses a syntax error and names its line', async () => {
    const { refusals } = await collectWith({ [tvLoss]: tvLossWith('return 1 +;') });
    expect(refusals).toEqual([`${tvLoss}:3: Expression expected.`]);
  });

  it('refuses code that is saved as UTF-16 for that, not for its syntax; a mark of UTF-8 is no matter', async () => {
    const code = `\uFEFF${tvLossWith('return;')}`;
    const { refusals } = await collectWith({ [tvLoss]: Buffer.from(code, 'utf16le') });
    expect(refusals).toEqual([`${tvLoss}: is saved as UTF-16; save it as UTF-8`]);
    expect((await collectWith({ [tvLoss]: code })).refusals).toEqual([]);
  });

  it('refuses a picture over the limit and takes one at the limit', async () => {
    const limit = 8 * 1024 * 1024;
    const { refusals, files } = await collectWith({
      [picture]: new Uint8Array(limit + 1),
      'visualization/b.png': new Uint8Array(limit),
    });
    expect(refusals).toEqual([`${picture}: 8.0 MB is over the limit of 8.0 MB`]);
    expect(files.map(({ path }) => path)).toContain('visualization/b.png');
  });

  it.each([
    ['a solution file', saliency, saliency],
    ['the folder of one', 'visualizers', 'visualizers'],
    ['a picture', 'visualization/b.png', 'visualization/b.png'],
    ['the folder of pictures', 'visualization', 'visualization'],
  ])('refuses a symbolic link in place of %s', async (_, path, named) => {
    const folder = submissionFolder();
    const elsewhere = submissionFolder();
    const target = path.includes('.') ? join(elsewhere, saliency) : join(elsewhere, path);
    rmSync(join(folder, path), { recursive: true, force: true });
    symlinkSync(target, join(folder, path));
    const { refusals, files } = await collect(folder);
    expect(refusals).toEqual([`${named}: is a symbolic link; put the file or folder itself there`]);
    expect(files.filter((file) => file.path.startsWith(path))).toEqual([]);
  });

  it('refuses a folder in place of a solution file', async () => {
    const folder = submissionFolder({ [saliency]: null });
    mkdirSync(join(folder, saliency), { recursive: true });
    expect((await collect(folder)).refusals).toEqual([
      `${saliency}: missing; restore it from the assignment's zip`,
    ]);
  });

  it.each([
    ['a stub', "throw new NotImplementedError('tvLoss');", 'tvLoss is not implemented yet'],
    ['a print', 'console.log(1);', 'leftover print console.log; remove it'],
    ['another print', "console['table']([]);", "leftover print console['table']; remove it"],
    [
      'a print by way of the global object',
      'globalThis.console.warn(1);',
      'leftover print globalThis.console.warn; remove it',
    ],
    [
      'a print to the standard output',
      "process.stdout.write('1');",
      'leftover print process.stdout.write; remove it',
    ],
    ['a debugger statement', 'debugger;', 'leftover debugger statement; remove it'],
  ])('warns of %s with its line', async (_, statement, warning) => {
    const { warnings, refusals } = await collectWith({ [tvLoss]: tvLossWith(statement) });
    expect(warnings).toEqual([`${tvLoss}:3: ${warning}`]);
    expect(refusals).toEqual([]);
  });

  it.each([
    '// console.log(1);',
    "const a = 'console.log(1); debugger; throw new NotImplementedError()';",
    'const a = `console.log(1)`;',
    'const console2 = { log: 1 }; console2.log;',
    'this.console;',
  ])('does not take %s for a print or a stub', async (statement) => {
    expect((await collectWith({ [tvLoss]: tvLossWith(statement) })).warnings).toEqual([]);
  });

  it.each([
    ['renamed', 'export function totalVariation(): void {}\n'],
    ['not exported', 'function tvLoss(): void {}\n'],
    ['exported as a type only', 'export type tvLoss = 1;\n'],
  ])('warns of a function that was %s', async (_, text) => {
    const { warnings } = await collectWith({ [tvLoss]: text });
    expect(warnings).toEqual([`${tvLoss}: does not export tvLoss; keep the names of the template`]);
  });

  it.each([
    'function tvLoss(): void {}\nexport { tvLoss };\n',
    'const loss = (): void => {};\nexport { loss as tvLoss };\n',
    'export async function tvLoss(): Promise<void> {}\n',
  ])('finds the function in %j', async (text) => {
    expect((await collectWith({ [tvLoss]: text })).warnings).toEqual([]);
  });

  it('warns of given code that was changed, but not of Windows line ends', async () => {
    const changed = await collectWith({ 'lib/random.ts': 'export const four = 5;\n' });
    expect(changed.warnings).toEqual([
      'lib/random.ts: differs from the template; your work is graded with the original',
    ]);
    const converted = await collectWith({ 'lib/random.ts': 'export const four = 4;\r\n' });
    expect(converted.warnings).toEqual([]);
  });

  it('needs a submission.json that can be read', async () => {
    await expect(collectWith({ 'submission.json': null })).rejects.toThrow(
      /^No submission\.json in .*assignment's folder/,
    );
    const folder = submissionFolder();
    writeFileSync(join(folder, 'submission.json'), '{');
    await expect(collect(folder)).rejects.toThrow("is damaged. Restore it from the assignment's zip.");
  });
});
