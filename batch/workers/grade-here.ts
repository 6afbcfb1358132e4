import type { GradeAll } from '../grade-all.ts';
import { gradeSubmission } from './grade-submission.ts';
import type { Place } from './places.ts';
import { Worker } from './worker.ts';

/** A submission that fails through us is tried so often. */
const ATTEMPTS = 2;

/**
 * Grades on this machine.
 * @param places one for each of the submissions that are graded at the same time
 */
export const gradeHere =
  (places: readonly Place[]): GradeAll =>
  async ({ todo, folder, settings, runs, signal, onEnded }) => {
    const queue = todo.values();
    const work = async (worker: Worker): Promise<void> => {
      for (const one of queue) {
        if (signal?.aborted) return;
        const { id, path } = one.submitted;
        const setup = { path, worker, runs, signal, out: folder.of(id), attempts: ATTEMPTS };
        const ended = await gradeSubmission(setup);
        if (signal?.aborted) return;
        onEnded(one, ended);
      }
    };
    const workers = places.slice(0, todo.length).map((place) => new Worker({ ...settings, ...place }));
    const end = (): void => workers.forEach((worker) => void worker.close());
    signal?.addEventListener('abort', end);
    try {
      await Promise.all(workers.map(work));
    } finally {
      signal?.removeEventListener('abort', end);
      await Promise.all(workers.map((worker) => worker.close()));
    }
  };
