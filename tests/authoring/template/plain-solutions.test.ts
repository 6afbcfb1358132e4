import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { generateTemplate } from '../../../authoring/template/generate.ts';
import { filesBelow } from '../../../grader/format/files-below.ts';
import { assignment } from '../../../reference/assignment.ts';
import { FIXTURES } from '../../../repository.ts';
import { compileMessages } from './compile-messages.ts';
import { temporaryFolder } from './small-assignment.ts';
import { repository, unpackTemplate } from './stand-alone.ts';

const template = generateTemplate({ root: repository, assignment });

/** The corpus tests grade them: each earns everything. */
const SHOULD_PASS = join(FIXTURES, 'submissions/should-pass');
const folders = readdirSync(SHOULD_PASS)
  .map((part) => join(SHOULD_PASS, part, 'plain'))
  .filter((folder) => existsSync(folder));
const sources = folders.flatMap((folder) =>
  filesBelow(folder)
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') })),
);

/** What talks the compiler out of something: casts, `!`, `any`, and comments that silence it. */
function persuasions(path: string, text: string): string[] {
  const found: string[] = [...text.matchAll(/@ts-\w+/g)].map(([comment]) => `${path}: ${comment}`);
  const visit = (node: ts.Node): void => {
    if (
      ts.isAsExpression(node) ||
      ts.isTypeAssertionExpression(node) ||
      ts.isNonNullExpression(node) ||
      node.kind === ts.SyntaxKind.AnyKeyword
    )
      found.push(`${path}: ${node.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true));
  return found;
}

it('every solution file has a plain solution', () => {
  const asked = assignment.parts.flatMap(({ files }) =>
    Object.keys(files).filter((path) => files[path].role === 'solution'),
  );
  expect(sources.map(({ path }) => path).sort()).toEqual(asked.sort());
});

it('plain solutions have neither casts nor assertions', () => {
  expect(sources.flatMap(({ path, text }) => persuasions(path, text))).toEqual([]);
  expect(persuasions('a.ts', 'let a = b as any; c!; <D>e; // @ts-ignore')).toHaveLength(5);
});

it('plain solutions type-check in the template', async () => {
  const folder = temporaryFolder();
  await unpackTemplate(folder, template);
  for (const plain of folders) cpSync(plain, folder, { recursive: true });
  const paths = sources.map(({ path }) => path);
  expect(compileMessages(folder, paths)).toEqual(new Map());
});
