import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { assignment } from '../../reference/assignment.ts';
import { ROOT } from '../../repository.ts';

/** As a word of its own: a function may well be called what other words begin with. */
function isNamed(name: string, text: string): boolean {
  return new RegExp(String.raw`(?<![\w-])${name.replaceAll('.', String.raw`\.`)}(?![\w-])`).test(text);
}

it('no part, function or solution file of the assignment is named in the engine', () => {
  const names = assignment.parts.flatMap((part) => [
    part.id,
    ...Object.keys(part.files),
    ...part.cases.flatMap((one) => one.calls.map((call) => call.export)),
  ]);
  const grader = join(ROOT, 'grader');
  const texts = readdirSync(grader, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({ path, text: readFileSync(join(grader, path), 'utf8') }));
  const found = texts.flatMap(({ path, text }) =>
    [...new Set(names)].filter((name) => isNamed(name, text)).map((name) => `grader/${path} names ${name}`),
  );
  expect(names.length).toBeGreaterThan(0);
  expect(found).toEqual([]);
});
