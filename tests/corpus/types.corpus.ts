import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { filesBelow } from '../../grader/format/files-below.ts';
import { installedCompilers, type InstalledCompiler } from '../../grader/compile/installed-compiler.ts';
import { tscProblems } from '../../grader/compile/tsc-problems.ts';
import { FIXTURES, ROOT, TEMPLATE } from '../../repository.ts';
import { REFERENCE } from './graded.ts';

/** One mistake each of the kinds that students make. */
const PLANTED: Readonly<Record<string, string>> = {
  'wrong-type': "export const one: number = 'one';",
  'missing-name': 'export const two = notThere;',
  'wrong-argument': "import * as tf from '@tensorflow/tfjs';\nexport const three = tf.sum('three', 'x');",
  'missing-return': 'export function four(): number {}',
  'maybe-undefined': 'export const five = (x?: number): number => x + 1;',
  'implicit-any': 'export const six = (x) => x;',
};
/** Apart: a compiler that meets it looks for nothing else. */
const SYNTAX = 'syntax.ts';

let folder: string;
const solutions: string[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'introspection-types-'));
  cpSync(TEMPLATE, folder, { recursive: true, filter: (path) => !path.includes('node_modules') });
  cpSync(REFERENCE, folder, { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  // Each beside the reference's, so that it imports what that does.
  for (const verdict of ['should-fail', 'should-pass']) {
    const corpus = join(FIXTURES, 'submissions', verdict);
    for (const path of filesBelow(corpus)) {
      const [part, name, ...rest] = path.split('/');
      if (part === 'reference' || !path.endsWith('.ts')) continue;
      const place = rest.join('/').replace(/\.ts$/, `.${part}-${name}.ts`);
      cpSync(join(corpus, path), join(folder, place));
      solutions.push(place);
    }
  }
  for (const [name, text] of Object.entries(PLANTED)) {
    writeFileSync(join(folder, `${name}.ts`), `${text}\n`);
    solutions.push(`${name}.ts`);
  }
  writeFileSync(join(folder, SYNTAX), 'export const seven = (;\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `file:line:column: code` of each problem that a compiler finds. */
function problemsBy({ kind, path }: InstalledCompiler, files: readonly string[]): string[] {
  const project = {
    extends: './tsconfig.json',
    compilerOptions: { noEmit: true, skipLibCheck: true, types: [], incremental: false },
    files,
    include: [],
  };
  writeFileSync(join(folder, 'tsconfig.corpus.json'), JSON.stringify(project));
  const [file, ...args] = kind === 'node' ? [process.execPath, path] : [path];
  const output = join(folder, 'types.txt');
  // It ends with a status of its own where it finds something.
  const command = `"$@" --pretty false -p tsconfig.corpus.json > ${output} || true`;
  execFileSync('sh', ['-c', command, 'sh', file, ...args], { cwd: folder });
  const text = readFileSync(output, 'utf8');
  return tscProblems(text)
    .map(({ file: at, line, column, message }) => `${at}:${line}:${column}: ${message.split(':')[0]}`)
    .toSorted();
}

/** The same by the compiler that grades and by the one that grades where no executable can be started. */
function problemsByBoth(files: readonly string[]): (readonly string[])[] {
  const compilers = installedCompilers();
  expect(compilers.map(({ kind }) => kind)).toEqual(['program', 'node']);
  return compilers.map((compiler) => problemsBy(compiler, files));
}

it('both compilers find the same in every solution of the corpus, and each planted mistake', () => {
  const [fast, script] = problemsByBoth(solutions);
  expect(solutions.length).toBeGreaterThan(300);
  for (const name of Object.keys(PLANTED)) {
    expect(
      fast.filter((problem) => problem.startsWith(`${name}.ts:`)),
      name,
    ).toHaveLength(1);
  }
  expect(fast).toEqual(script);
});

it('both compilers find the same mistake of syntax', () => {
  const [fast, script] = problemsByBoth([SYNTAX]);
  expect(fast).not.toEqual([]);
  expect(fast).toEqual(script);
});
