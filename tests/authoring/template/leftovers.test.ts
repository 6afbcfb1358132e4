import { describe, expect, it } from 'vitest';
import { findLeftovers, solutionText } from '../../../authoring/template/leftovers.ts';
import { findRegions } from '../../../authoring/template/regions.ts';
import { parseModule } from '../../../authoring/template/source-module.ts';
import { problemsOf } from './small-assignment.ts';

const statement = 'return tf.sum(tf.square(tf.sub(current, original)));';

function solution(...lines: string[]): string {
  return `export function f(): void {\n  // BEGIN SOLUTION\n${lines.join('\n')}\n  // END SOLUTION\n}\n`;
}

/** Problems of an assignment whose solution has the usual statement, and whose other file is the given one. */
function leaksInto(path: string, text: string): string[] {
  return problemsOf({ 'solution.ts': solution(`  ${statement}`), [path]: text });
}

describe('a statement of a solution', () => {
  it.each([
    ['given code', 'driver.ts', `export function g(): void {\n  ${statement}\n}\n`],
    [
      'given code in another format',
      'driver.ts',
      'export const g = (): void => {\n  return tf\n    .sum(tf.square( tf.sub(current, /* P */ original) ));\n};\n',
    ],
    ['a comment', 'driver.ts', `// For example: ${statement}\nexport {};\n`],
    [
      'a comment over several lines',
      'driver.ts',
      '// return tf.sum(\n//   tf.square(tf.sub(current, original)));\nexport {};\n',
    ],
    [
      'a doc comment',
      'driver.ts',
      '/**\n * return tf.sum(\n *   tf.square(tf.sub(current, original)));\n */\nexport {};\n',
    ],
    ['a handout', 'handouts/f.md', `Write \`${statement}\` and be done.\n`],
    ['a JSON file', 'answers.json', JSON.stringify({ f: statement })],
  ])('is found in %s', (_, path, text) => {
    expect(leaksInto(path, text)).toEqual([
      `solution.ts:3:3: this statement of the solution of f is also in the template's ${path}`,
    ]);
  });

  it('is found though it stands deeper in the solution', () => {
    const text = solution('for (const x of []) {', '  if (x) {', statement, '  }', '}');
    expect(problemsOf({ 'solution.ts': text, 'a.md': statement })).toEqual([
      "solution.ts:5:1: this statement of the solution of f is also in the template's a.md",
    ]);
  });

  it('is found when the removal of regions has failed', () => {
    const text = solution(`  ${statement.replace(', original', ', // why\n original')}`);
    const module = parseModule('/solution.ts', text);
    const solutions = findRegions(module).regions.map((region) => solutionText(module, region));
    expect(findLeftovers(new Map([['f.ts', text]]), solutions)).toHaveLength(1);
    expect(findLeftovers(new Map([['f.ts', text.replace('square', 'abs')]]), solutions)).toEqual([]);
  });

  it.each([
    ['it takes a shape apart', 'const [batchSize, height, width, channels] = images.shape;'],
    ['it is too short to say anything', 'activation.dispose();'],
  ])('may also be in given code when %s', (_, shared) => {
    const given = `export function g(): void {\n  ${shared}\n}\n`;
    expect(problemsOf({ 'solution.ts': solution(shared), 'driver.ts': given })).toEqual([]);
  });
});
