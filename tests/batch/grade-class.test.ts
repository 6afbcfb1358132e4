import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { GradeAll } from '../../batch/grade-all.ts';
import { gradeClass, type ClassProgress } from '../../batch/grade-class.ts';
import { BatchFolder } from '../../batch/store/batch-folder.ts';
import { Journal } from '../../batch/store/journal.ts';
import { FIXTURES, TEMPLATE } from '../../repository.ts';

let home: string;
beforeAll(() => (home = mkdtempSync(join(tmpdir(), 'introspection-grade-class-'))));
afterAll(() => rmSync(home, { recursive: true, force: true }));

it('waits for nobody once somebody has graded, though nobody has looked since', async () => {
  const submissions = ['ana', 'ben'].map((id) => {
    const path = join(home, 'class', id);
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'quiz.md'), id);
    return { id, path, people: [] };
  });
  const folder = new BatchFolder(join(home, 'out'));
  const journal = new Journal(folder.journal);
  const gradeAll: GradeAll = async ({ todo, onEnded, onWaiting }) => {
    onWaiting?.(true);
    for (const one of todo) {
      onEnded(one, {
        ...{ state: 'graded', score: 1, points: 1, errored: 0, attempts: 1, runs: 1, flaky: [] },
        ...{ seconds: 1, processorSeconds: 1, troubles: [], kept: false },
      });
    }
  };
  const told: ClassProgress[] = [];
  await gradeClass({
    ...{ everyone: submissions, submissions, folder, journal, gradeAll, runs: 1 },
    settings: {
      ...{ assignment: [join(FIXTURES, 'public')], template: TEMPLATE, root: folder.root },
      ...{ backend: 'wasm', isolation: 'auto', deadlineSeconds: 60 },
    },
    onProgress: (now) => told.push(now),
  });
  journal.close();
  const steps = told.map(({ done, isWaiting }) => `${done}${isWaiting ? ' waiting' : ''}`);
  expect(steps).toEqual(['0', '0 waiting', '1', '2', '2']);
});
