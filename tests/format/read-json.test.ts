import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { GraderError, UsageError } from '../../grader/format/errors.ts';
import { readJson, readNamedJson } from '../../grader/format/read-json.ts';

const schema = z.strictObject({ points: z.object({ most: z.number() }), name: z.string().default('none') });

let path: string;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-json-'));
  path = join(folder, 'file.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const read = (): z.output<typeof schema> => readJson(path, schema, 'make it again');

it('gives what the schema makes of a file', () => {
  writeFileSync(path, '{ "points": { "most": 3 } }');
  expect(read()).toEqual({ points: { most: 3 }, name: 'none' });
});

it.each([
  ['a file that is not there', undefined, 'cannot be read; make it again'],
  ['half a file', '{ "points": {', 'cannot be read; make it again'],
  ['a wrong value', '{ "points": { "most": "3" } }', /: points\.most: .*number.*; make it again$/],
  ['another kind of value', '3', /file\.json: Invalid input: .*; make it again$/],
])('names %s, the place in it and the remedy', (_, text, message) => {
  if (text !== undefined) writeFileSync(path, text);
  expect(read).toThrow(GraderError);
  expect(read).toThrow(message);
  expect(read).toThrow(path);
});

const readNamed = (): unknown => readNamedJson(path, schema, () => 'that is no such file: name one');

it.each([
  ['is not there', undefined],
  ['is no JSON', '{ "points": {'],
  ['holds something else', '3'],
])('says what was expected where a file that was named %s', (_, text) => {
  if (text !== undefined) writeFileSync(path, text);
  expect(readNamed).toThrow(new UsageError('that is no such file: name one'));
});

it('says what the system says where a file that was named cannot be read', () => {
  mkdirSync(path);
  expect(readNamed).toThrow(GraderError);
  expect(readNamed).toThrow(path);
  expect(readNamed).toThrow(
    expect.objectContaining({ cause: expect.objectContaining({ code: 'EISDIR' }) as unknown }) as Error,
  );
});
