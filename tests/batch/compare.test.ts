import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareBatches, type ChangedCheck } from '../../batch/compare/compare-batches.ts';
import { comparisonText } from '../../batch/compare/comparison-text.ts';
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

  it('compares what both graded, and names the parts that one batch left out', () => {
    const whole = { 'tv-loss': { a: 1, b: 1 }, quiz: { a: 4 } };
    const older = batch('old', { ana: whole, ben: whole, cleo: { quiz: { a: 4 } } });
    const newer = batch('new', {
      ana: { quiz: { a: 4 } },
      ben: { quiz: { a: 1 } },
      cleo: { 'tv-loss': { a: 1, b: 1 } },
    });
    const comparison = compareBatches(older, newer);
    expect(comparison).toEqual({
      changed: [
        {
          ...{ id: 'ben', names: [], before: 4, after: 1 },
          checks: [{ check: 'quiz/a', before: 4, after: 1, cause: 'engine' }],
        },
      ],
      same: 1,
      leftOut: [
        { part: 'tv-loss', in: 'new', submissions: 2 },
        { part: 'tv-loss', in: 'old', submissions: 1 },
        { part: 'quiz', in: 'new', submissions: 1 },
      ],
      notCompared: [{ id: 'cleo', why: 'no part was graded in both batches' }],
    });
    expect(comparisonText(comparison)).toContain(
      'Not graded in the new batch, and so not compared: tv-loss (2 submissions), quiz (1 submission).',
    );
    expect(comparisonText(comparison)).toContain(
      '1 loses, 0 gain, 1 keeps its score, 1 could not be compared.',
    );
  });

  it('counts a part as lost that the newer assignment does not have any more', () => {
    const older = batch('old', { ana: { removed: { a: 2 }, quiz: { a: 4 } } });
    const newer = batch('new', { ana: { quiz: { a: 4 } } });
    expect(compareBatches(older, newer)).toMatchObject({ changed: [{ before: 6, after: 4 }], leftOut: [] });
  });

  it('says of many checks what their parts come to, and which moved most', () => {
    const checks = (part: string, count: number, points: number): ChangedCheck[] =>
      Array.from({ length: count }, (_, i) => ({
        ...{ check: `${part}/${i}`, before: points, after: 0, cause: 'rule' },
      }));
    const changed = [
      {
        id: 'ana',
        names: [],
        before: 52,
        after: 0,
        checks: [...checks('quiz', 40, 1), ...checks('tv-loss', 4, 3)],
      },
      { id: 'ben', names: [], before: 6, after: 0, checks: checks('quiz', 6, 1) },
    ];
    const lines = comparisonText({ changed, same: 0, leftOut: [], notCompared: [] }).split('\n');
    expect(lines.slice(0, 4).map((line) => line.trim())).toEqual([
      '-52  ana: 52 to 0',
      '-40 quiz: 40 checks (rule)',
      '-12 tv-loss: 4 checks (rule)',
      '-3 tv-loss/0 (rule)',
    ]);
    expect(lines[9].trim()).toBe('and 38 checks more: --csv has all');
    // As few as are printed anyway need no sums.
    expect(lines.slice(10, 12).map((line) => line.trim())).toEqual(['-6  ben: 6 to 0', '-1 quiz/0 (rule)']);
    expect(lines).toHaveLength(10 + 7 + 1);
  });
});
