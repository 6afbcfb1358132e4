import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { GradeAll } from '../../batch/grade-all.ts';
import { gradeClass, type ClassProgress, type ClassReading } from '../../batch/grade-class.ts';
import { BatchFolder } from '../../batch/store/batch-folder.ts';
import { Journal } from '../../batch/store/journal.ts';
import { FIXTURES, TEMPLATE } from '../../repository.ts';

let home: string;
beforeAll(() => (home = mkdtempSync(join(tmpdir(), 'introspection-grade-class-'))));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Grades two submissions, or finds that they were, by somebody who gives everybody a point. */
async function gradeInvented(
  out: string,
  told: { onProgress: (now: ClassProgress) => void; onReading?: (now: ClassReading) => void },
): Promise<void> {
  const submissions = ['ana', 'ben'].map((id) => {
    const path = join(home, 'class', id);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'quiz.md'), id);
    return { id, path, people: [] };
  });
  const folder = new BatchFolder(join(home, out));
  const journal = new Journal(folder.journal);
  const gradeAll: GradeAll = async ({ todo, onEnded, onWaiting }) => {
    if (todo.length > 0) onWaiting?.(true);
    for (const one of todo) {
      const results = folder.of(one.submitted.id);
      mkdirSync(results, { recursive: true });
      for (const name of ['results.json', 'report.json', 'report.html'])
        writeFileSync(join(results, name), '');
      onEnded(one, {
        ...{ state: 'graded', score: 1, points: 1, errored: 0, attempts: 1, runs: 1, flaky: [] },
        ...{ seconds: 1, processorSeconds: 1, troubles: [], kept: true },
      });
    }
  };
  await gradeClass({
    ...{ everyone: submissions, submissions, folder, journal, gradeAll, runs: 1, ...told },
    settings: {
      ...{ assignment: [join(FIXTURES, 'public')], template: TEMPLATE, root: folder.root },
      ...{ backend: 'wasm', isolation: 'auto', deadlineSeconds: 60 },
    },
  });
  journal.close();
}

it('waits for nobody once somebody has graded, though nobody has looked since', async () => {
  const told: ClassProgress[] = [];
  await gradeInvented('waiting', { onProgress: (now) => told.push(now) });
  const steps = told.map(({ done, isWaiting }) => `${done}${isWaiting ? ' waiting' : ''}`);
  expect(steps).toEqual(['0', '0 waiting', '1', '2', '2']);
});

it('tells of each submission that it reads, and how many were graded before', async () => {
  const told: string[] = [];
  const onReading = ({ read, total, kept }: ClassReading): void =>
    void told.push(`${read} of ${total}, ${kept} kept`);
  const onProgress = ({ done }: ClassProgress): void => void told.push(`${done} graded`);
  const isNew = ['0 of 2, 0 kept', '1 of 2, 0 kept', '2 of 2, 0 kept', '0 graded'];
  await gradeInvented('reading', { onReading, onProgress });
  expect(told.slice(0, 4)).toEqual(isNew);
  told.length = 0;
  await gradeInvented('reading', { onReading, onProgress });
  expect(told).toEqual(['0 of 2, 0 kept', '1 of 2, 1 kept', '2 of 2, 2 kept', '2 graded', '2 graded']);
});
