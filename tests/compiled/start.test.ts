import { execa } from 'execa';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT } from '../../repository.ts';

/** A repository with one program, which imports a file, a package and TypeScript. */
const PROGRAM = `import ts from 'typescript';
import { z } from 'zod';
import { basename } from 'node:path';
import { answer } from './answer.ts';
const [, program, ...args] = process.argv;
console.log(JSON.stringify({
  answer: z.number().parse(answer),
  place: import.meta.dirname,
  program: basename(program),
  args,
  version: ts.version.split('.')[0],
}));
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'introspection-compiled-'));
  cpSync(join(ROOT, 'compiled'), join(folder, 'compiled'), { recursive: true });
  cpSync(join(ROOT, 'grader/format'), join(folder, 'grader/format'), { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(ROOT, name), join(folder, name));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(folder, 'scripts'));
  writeFileSync(join(folder, 'scripts/program.ts'), PROGRAM);
  writeFileSync(join(folder, 'scripts/answer.ts'), 'export const answer: number = 41;\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function start(...args: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await execa('node', ['compiled/start.mjs', 'scripts/program.ts', ...args], {
    cwd: folder,
  });
  return JSON.parse(stdout) as Record<string, unknown>;
}

const compiledModule = (): string =>
  (
    JSON.parse(readFileSync(join(folder, '.cache/compiled/scripts-program.ts.json'), 'utf8')) as {
      main: string;
    }
  ).main;

it('a compiled program has its own place, name and arguments', async () => {
  expect(await start('a', '--b')).toEqual({
    answer: 41,
    place: join(folder, 'scripts'),
    program: 'program.ts',
    args: ['a', '--b'],
    version: '6',
  });
});

it('is compiled once, and again when a file of it has changed', async () => {
  await start();
  // Whoever starts what is compiled sees this; whoever compiles again does not.
  appendFileSync(compiledModule(), 'console.error("as it was");\n');
  const again = await execa('node', ['compiled/start.mjs', 'scripts/program.ts'], { cwd: folder });
  expect(again.stderr).toBe('as it was');
  writeFileSync(join(folder, 'scripts/answer.ts'), 'export const answer: number = 42;\n');
  expect(await start()).toMatchObject({ answer: 42 });
});

it('is not taken for current when a file of it has changed while it was compiled', async () => {
  const compile = `import { writeFileSync } from 'node:fs';
import { compileProgram } from '../compiled/compile-program.ts';
const compiling = compileProgram('scripts/program.ts');
writeFileSync('scripts/answer.ts', 'export const answer: number = 43;');
console.log(await compiling);
`;
  writeFileSync(join(folder, 'scripts/compile-amid-changes.ts'), compile);
  const args = ['--import', 'tsx', 'scripts/compile-amid-changes.ts'];
  expect((await execa('node', args, { cwd: folder })).stdout).toBe('undefined');
  expect(await start()).toMatchObject({ answer: 43 });
});

it('is compiled beside what others left half built, which is removed after an hour', async () => {
  const half = (name: string): string => join(folder, '.cache/compiled', name);
  for (const name of ['building-old', 'building-new']) mkdirSync(half(name), { recursive: true });
  utimesSync(half('building-old'), 0, 0);
  writeFileSync(join(folder, 'scripts/answer.ts'), 'export const answer: number = 44;\n');
  expect(await start()).toMatchObject({ answer: 44 });
  const left = readdirSync(join(folder, '.cache/compiled')).filter((name) => name.startsWith('building-'));
  expect(left).toEqual(['building-new']);
});
