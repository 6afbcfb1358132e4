import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Journal, readJournal, type JournalEntry } from '../../batch/store/journal.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'introspection-journal-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const entry = (id: string, score: number): JournalEntry => ({
  id,
  key: 'k',
  state: 'graded',
  score,
  points: 100,
  errored: 0,
  attempts: 1,
  runs: 1,
  flaky: [],
  seconds: 1,
  processorSeconds: 1,
  report: 'r',
  troubles: [],
});

function write(path: string, entries: readonly JournalEntry[]): void {
  const journal = new Journal(path);
  for (const one of entries) journal.add(one);
  journal.close();
}

describe('the journal of a batch', () => {
  it('is read back, the last entry of each submission', () => {
    const path = join(folder, 'journal.jsonl');
    write(path, [entry('a', 1), entry('b', 2), entry('a', 3)]);
    expect([...readJournal(path).values()].map(({ id, score }) => [id, score])).toEqual([
      ['a', 3],
      ['b', 2],
    ]);
  });

  it('loses at most the line that a kill cut off, wherever that was', () => {
    const path = join(folder, 'journal.jsonl');
    write(path, [entry('a', 1), entry('b', 2), entry('c', 3)]);
    const whole = readFileSync(path);
    const ends = [...whole.entries()].filter(([, byte]) => byte === 0x0a).map(([at]) => at);
    fc.assert(
      fc.property(fc.nat({ max: whole.length }), (length) => {
        writeFileSync(path, whole);
        truncateSync(path, length);
        // A line is whole once its checksum fits, its line end or not.
        const expected = ends.filter((end) => end <= length).length;
        expect(readJournal(path).size).toBe(expected);
        write(path, [entry('d', 4)]);
        expect(readJournal(path).size).toBe(expected + 1);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('passes over lines that were changed', () => {
    const path = join(folder, 'journal.jsonl');
    write(path, [entry('a', 1), entry('b', 2)]);
    writeFileSync(path, readFileSync(path, 'utf8').replace('"score":1', '"score":9'));
    appendFileSync(path, 'no line of ours\n{}\n\n');
    expect([...readJournal(path).keys()]).toEqual(['b']);
  });
});
