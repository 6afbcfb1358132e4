import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '../../grader/format/read-json.ts';
import { FIXTURES } from '../../repository.ts';
import { expectation, type Expectation } from './expectation.ts';

/** The typical mistakes of a part, by their place below `fixtures/submissions/`. */
export function mistakesOf(part: string): Map<string, Expectation> {
  const place = `should-fail/${part}`;
  const directory = join(FIXTURES, 'submissions', place);
  if (!existsSync(directory)) return new Map();
  const names = readdirSync(directory).filter((name) => existsSync(join(directory, name, 'expect.json')));
  return new Map(
    names.map((name) => [
      `${place}/${name}`,
      readJson(join(directory, name, 'expect.json'), expectation, 'see docs/instructors.md'),
    ]),
  );
}
