import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareBatches } from '../../batch/compare/compare-batches.ts';
import { BatchFolder } from '../../batch/store/batch-folder.ts';
import { readRecord, writeRecord, type BatchRecord } from '../../batch/store/batch-record.ts';
import { Journal } from '../../batch/store/journal.ts';
import { check, entry, report } from './graded.ts';

let home: string;
beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'introspection-compare-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

/** Points that one submission earned, by part and check. */
type Points = Readonly<Record<string, Readonly<Record<string, number>>>>;

const CHECKS = ['tv-loss/a', 'tv-loss/b', 'quiz/a'];
const UNCHANGED = { rule: 'r', tolerance: 't', fixtures: 'f' };
const grading = { assignment: 'a', grader: 'g', settings: { backend: 'wasm', isolation: 'auto' } } as const;
const recordOf = (ids: readonly string[]): Pick<BatchRecord, 'checks' | 'submissions'> => ({
  checks: Object.fromEntries(CHECKS.map((id) => [id, UNCHANGED])),
  submissions: Object.fromEntries(ids.map((id) => [id, { content: 'c', people: [] }])),
});

/** Writes a batch as grading a class would, of an assignment that never changes. */
function batch(name: string, submissions: Readonly<Record<string, Points>>): string {
  const folder = new BatchFolder(join(home, name));
  const journal = new Journal(folder.journal);
  for (const [id, points] of Object.entries(submissions)) {
    const parts = Object.entries(points).map(([part, checks]) => {
      const all = Object.entries(checks).map(([one, earned]) => check(one, { earned }));
      const earned = all.reduce((sum, one) => sum + one.earned, 0);
      return { id: part, title: part, earned, points: all.length, seconds: 1, checks: all };
    });
    const score = parts.reduce((sum, { earned }) => sum + earned, 0);
    mkdirSync(folder.of(id), { recursive: true });
    writeFileSync(folder.reportOf(id), JSON.stringify(report([], { parts, score })));
    journal.add(entry(id, { score, report: `${name} ${id}` }));
  }
  journal.close();
  const ids = Object.keys(submissions);
  writeRecord(folder, grading, recordOf(ids), new Set(ids));
  return folder.root;
}

describe('a comparison of two batches', () => {
  it('does not count who left the class before the newer one was graded', () => {
    const points = { quiz: { a: 4 } };
    const [older, newer] = [
      batch('old', { ana: points, ben: points }),
      batch('new', { ana: points, ben: points }),
    ];
    // The same folder again, when ben's submission was gone.
    writeRecord(new BatchFolder(newer), grading, recordOf(['ana']), new Set(['ana']));
    expect(compareBatches(older, newer)).toMatchObject({
      same: 1,
      notCompared: [{ id: 'ben', why: 'not in the new batch' }],
    });
  });

  it('keeps in its record who is of the class and not graded now', () => {
    const points = { quiz: { a: 4 } };
    const folder = new BatchFolder(batch('new', { ana: points, ben: points, cleo: points }));
    writeRecord(folder, grading, recordOf(['ana']), new Set(['ana', 'ben']));
    expect(Object.keys(readRecord(folder).submissions).sort()).toEqual(['ana', 'ben']);
  });
});
