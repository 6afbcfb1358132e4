import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grade } from '../../grader/pipeline/grade.ts';
import { gradescopeResults } from '../../grader/gradescope/results-schema.ts';
import { toGradescope } from '../../grader/gradescope/results.ts';
import type { Half } from '../../grader/assignment/half.ts';
import type { GradeReport } from '../../grader/report/grade-report.ts';
import { toJson } from '../../grader/report/json.ts';
import { TEMPLATE } from '../../repository.ts';
import { checksBy, gradeOptions, gradeOverlay } from '../corpus/graded.ts';

const FILE = 'style-modules/content-loss.ts';
const PART = 'content-loss';
const OTHER = 'tv-loss';
const SIGNATURE =
  'export function contentLoss(weight: number, current: tf.Tensor4D, original: tf.Tensor4D): tf.Scalar';

/** A content-loss file with this body. */
const body = (text: string): string =>
  `import * as tf from '@tensorflow/tfjs';\n\n${SIGNATURE} {\n  ${text}\n}\n`;

function gradeFile(text: string): Promise<GradeReport> {
  return gradeOverlay({ parts: [PART, OTHER], arrange: (folder) => writeFileSync(join(folder, FILE), text) });
}

const partOf = (report: GradeReport, id: string) => report.parts.find((part) => part.id === id)!;
const messages = (report: GradeReport): string =>
  partOf(report, PART)
    .checks.flatMap((check) => check.message)
    .join('\n');

/** What leaves the grader of the part's checks of one half. */
const told = (report: GradeReport, half: Half): string =>
  JSON.stringify(
    partOf(JSON.parse(toJson(report)) as GradeReport, PART).checks.filter((check) => check.half === half),
  );

/** What must be true of every report, whatever the submission did. */
function expectSound(report: GradeReport): void {
  expect(report.state).toBe('complete');
  expect(checksBy(report, 'errored')).toEqual([]);
  gradescopeResults.parse(JSON.parse(JSON.stringify(toGradescope(report))));
  const text = toJson(report);
  expect(text).not.toMatch(/introspection-grader-|runner\.mjs|node:internal|\/work\/|at async/);
}

interface Misbehaviour {
  readonly name: string;
  readonly file: string;
  /** Part of a message that the student reads. */
  readonly says: RegExp;
}

const misbehaviours: readonly Misbehaviour[] = [
  { name: 'loops forever', file: body('for (;;);'), says: /did not finish within \d+ s/ },
  {
    name: 'exits with success',
    file: body('(globalThis as any).process.exit(0);'),
    says: /ended itself during contentLoss[^]*exit code 0/,
  },
  {
    name: 'exits while it is loaded',
    file: `(globalThis as any).process.exit(0);\n${body('return tf.scalar(0);')}`,
    says: /ended itself during loading[^]*exit code 0/,
  },
  {
    name: 'crashes',
    file: body('(globalThis as any).process.abort();'),
    says: /crashed during contentLoss[^]*SIG/,
  },
  {
    name: 'throws',
    file: body("throw new TypeError('the shapes are odd');"),
    says: /TypeError: the shapes are odd \(style-modules\/content-loss\.ts:4\)/,
  },
  {
    name: 'adds what cannot be added',
    file: body('return current.add(tf.ones([5, 7])).sum().mul(weight) as tf.Scalar;'),
    says: /Operands could not be broadcast .*\(style-modules\/content-loss\.ts:4\)\n.*last dimension/,
  },
  {
    name: 'brings the runtime down',
    file: body("return tf.gatherND(current, tf.tensor2d([[1e9]], [1, 1], 'int32')).sum() as tf.Scalar;"),
    says: /contentLoss brought TensorFlow\.js down.*\n.*\(style-modules\/content-loss\.ts:4\)/,
  },
  { name: 'returns NaN', file: body('return tf.scalar(NaN);'), says: /NaN/ },
  {
    name: 'returns a wrong shape',
    file: body('return current.sub(original) as any;'),
    says: /shape \[1,1,2,2\], expected \[\]/,
  },
  {
    name: 'returns a number',
    file: body('return 7 as any;'),
    says: /expected a tensor, received the number 7/,
  },
  { name: 'returns nothing', file: body('return undefined as any;'), says: /is a return missing/ },
  {
    name: 'does not compile',
    file: body('return tf.scalar(0'),
    says: /style-modules\/content-loss\.ts:\d+:\d+: .*\n\s+\S/,
  },
  {
    name: 'renames the function',
    file: body('return tf.scalar(0);').replace('contentLoss', 'loss'),
    says: /exports no function contentLoss/,
  },
  {
    name: 'imports the file system',
    file: `import { readFileSync } from 'node:fs';\n${body("return tf.scalar(readFileSync('/etc/passwd').length);")}`,
    says: /node:fs/,
  },
  {
    name: 'recurses without end',
    file: body('return contentLoss(weight, current, original);'),
    says: /RangeError: Maximum call stack/,
  },
];

describe('a submission that misbehaves costs its own part only', () => {
  it.concurrent.each(misbehaviours)('$name', async ({ file, says }) => {
    const report = await gradeFile(file);
    expectSound(report);
    expect(partOf(report, PART).earned).toBe(0);
    expect(partOf(report, OTHER).earned).toBe(partOf(report, OTHER).points);
    expect(messages(report)).toMatch(says);
  });

  it.concurrent.each(
    misbehaviours.filter(({ name }) => ['does not compile', 'renames the function'].includes(name)),
  )('$name: no hint at what is to be computed', async ({ file }) =>
    expect(messages(await gradeFile(file))).not.toContain('Hint:'),
  );

  it('prints 50 MB: graded on what it computes, told to remove the prints', async () => {
    const text = body(
      "for (let i = 0; i < 50; i++) console.log('x'.repeat(1024 * 1024));\n  return tf.tidy(() => current.sub(original).square().sum().mul(weight) as tf.Scalar);",
    );
    const report = await gradeFile(text);
    expectSound(report);
    expect(checksBy(report, 'failed')).toEqual(['tidy-code']);
    expect(report.notices.map((notice) => notice.text).join('\n')).toMatch(/printed about \d+ MB while/);
    expect(toJson(report).length).toBeLessThan(100_000);
  });

  it('refuses a forbidden import behind the file of another part', async () => {
    const report = await gradeOverlay({
      parts: [PART, OTHER],
      arrange: (folder) => {
        writeFileSync(join(folder, FILE), `import './style-loss.ts';\n${body('return tf.scalar(0);')}`);
        writeFileSync(join(folder, 'style-modules/style-loss.ts'), "import '../package.json';\n");
      },
    });
    expectSound(report);
    expect(messages(report)).toContain('style-loss.ts:1:1: imports `../package.json`');
    expect(partOf(report, OTHER).earned).toBe(partOf(report, OTHER).points);
  });

  it('does not let the type checker open what a submission may not refer to', async () => {
    const wrong = 'export const wrong: number = "one";\n';
    const about = async (text: string): Promise<string> => {
      const arrange = (folder: string): void => writeFileSync(join(folder, FILE), text);
      const { notices } = await gradeOverlay({ parts: [PART], types: true, arrange });
      return notices.map((notice) => notice.text).join('\n');
    };
    const file = wrong + body('return tf.scalar(0);');
    expect(await about(file)).toContain(`TypeScript: ${FILE}:1:14`);
    expect(await about(`/// <reference path="../package.json" />\n${file}`)).not.toContain('TypeScript:');
  });

  it('loads for so long altogether, however often it has to be loaded again', async () => {
    const slow = 'const end = Date.now() + 3000;\nwhile (Date.now() < end);';
    const report = await gradeOverlay({
      parts: [PART],
      timeFactor: 0.25,
      arrange: (folder) =>
        writeFileSync(join(folder, FILE), `${body('(globalThis as any).process.exit(0);')}${slow}\n`),
    });
    expectSound(report);
    expect(messages(report)).toMatch(/ended itself during contentLoss[^]*loading the module did not finish/);
  });

  it('private checks name the kind of the mistake and nothing the code said', async () => {
    const report = await gradeFile(body("throw new Error('SECRET ' + current.shape);"));
    expect(told(report, 'public')).toContain('SECRET');
    expect(told(report, 'private')).toContain('an input that you have not seen');
    expect(told(report, 'private')).not.toContain('SECRET');
  });

  it('private checks do not say what a known error means: which one it is could tell an input', async () => {
    const report = await gradeFile(body("throw new Error('Tensor is disposed.');"));
    expect(told(report, 'public')).toContain('tf.tidy that is over');
    expect(told(report, 'private')).not.toMatch(/tidy that is over|disposed/);
  });
});

describe('what is handed in', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'introspection-odd-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('a missing file counts as not attempted, and is named', async () => {
    const report = await gradeOverlay({
      parts: [PART, OTHER],
      arrange: (place) => rmSync(join(place, FILE)),
    });
    expectSound(report);
    expect(new Set(partOf(report, PART).checks.map((check) => check.outcome))).toEqual(
      new Set(['not-attempted']),
    );
    expect(partOf(report, OTHER).earned).toBe(partOf(report, OTHER).points);
    expect(report.notices.map((notice) => notice.text).join('\n')).toContain(FILE);
  });

  it('added files and replaced given code are refused by name; the rest is graded', async () => {
    const report = await gradeOverlay({
      parts: [PART],
      arrange: (place) => {
        mkdirSync(join(place, 'lib'));
        writeFileSync(join(place, 'lib/random.ts'), 'export const x = 1;');
        writeFileSync(join(place, 'extra.ts'), 'export const x = 1;');
        symlinkSync('/etc/passwd', join(place, 'link.ts'));
      },
    });
    expectSound(report);
    expect(report.score).toBe(report.points);
    const notices = report.notices.map((notice) => notice.text).join('\n');
    for (const name of ['1 × files of the template', 'extra.ts', 'link.ts']) expect(notices).toContain(name);
  });

  it('something that is no zip is refused with a reason and a valid report', async () => {
    const path = join(folder, 'essay.zip');
    writeFileSync(path, 'This is not a zip.');
    const report = await grade(gradeOptions(path));
    expect(report.state).toBe('refused');
    expect(report.score).toBe(0);
    expect(report.refusal).toMatch(/zip/i);
    gradescopeResults.parse(JSON.parse(JSON.stringify(toGradescope(report))));
  });

  it('the untouched template scores 0, every check not attempted', async () => {
    const report = await grade(gradeOptions(TEMPLATE));
    expectSound(report);
    expect(report.score).toBe(0);
    const outcomes = report.parts.flatMap((part) => part.checks.map((check) => check.outcome));
    expect(new Set(outcomes)).toEqual(new Set(['not-attempted']));
  });

  it('there is a valid, pessimistic report before any student code runs and after each part', async () => {
    const states: { state: string; score: number }[] = [];
    const options = gradeOptions(join(TEMPLATE, '../fixtures/submissions/should-pass/reference'));
    const report = await grade({
      ...options,
      onUpdate: (update) => {
        gradescopeResults.parse(JSON.parse(JSON.stringify(toGradescope(update))));
        states.push({ state: update.state, score: update.score });
      },
    });
    expect(states[0]).toEqual({ state: 'running', score: 0 });
    expect(states.length).toBe(report.parts.length + 2);
    expect(states.map(({ score }) => score)).toEqual(states.map(({ score }) => score).sort((a, b) => a - b));
    // Full marks, and every bonus.
    const available = report.parts.flatMap(({ checks }) => checks.map(({ points }) => points));
    expect(report.score).toBeCloseTo(available.reduce((sum, points) => sum + points));
    expect(report.score).toBeGreaterThanOrEqual(report.points);
  });
});
