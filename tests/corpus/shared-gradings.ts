import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { PartResult } from '../../grader/report/grade-report.ts';
import type { AtHome } from './at-home.ts';
import { gradeOverlay } from './graded.ts';
import { decidingFiles, writtenFiles } from './written-files.ts';

/** A solution of one part, the others being the reference's. */
export interface Solution {
  readonly part: string;
  /** A folder that is laid over the reference. */
  readonly overlay: string;
}

/** What became of a solution's part. */
export interface GradedSolution {
  readonly graded: PartResult;
  /** The same by the kit: the public half. */
  readonly atHome: PartResult;
}

interface Waiting extends Solution {
  readonly written: readonly string[];
  readonly deciding: ReadonlySet<string>;
  readonly resolve: (graded: GradedSolution) => void;
  readonly reject: (error: unknown) => void;
}

/** Long enough for the tests that run at once to have asked. */
const GATHER_MS = 20;
const AT_ONCE = 2;

/**
 * Grades solutions of several parts in one submission. Two share one only where neither's files decide the other's
 * part, so that each is graded as it would be alone.
 */
export class SharedGradings {
  readonly #home: AtHome;
  readonly #waiting: Waiting[] = [];
  readonly #turn = pLimit(AT_ONCE);

  constructor(home: AtHome) {
    this.#home = home;
  }

  grade(solution: Solution): Promise<GradedSolution> {
    return new Promise((resolve, reject) => {
      const written = writtenFiles(solution.overlay);
      this.#waiting.push({
        ...solution,
        written,
        deciding: decidingFiles(solution.part, solution.overlay),
        resolve,
        reject,
      });
      void this.#turn(() => this.#gradeSome());
    });
  }

  /** Grades those that wait and go together; there may be none left. */
  async #gradeSome(): Promise<void> {
    await sleep(GATHER_MS);
    const together = this.#take();
    if (together.length === 0) return;
    try {
      const parts = together.map(({ part }) => part);
      let atHome: readonly PartResult[] = [];
      const { parts: graded } = await gradeOverlay({
        overlays: together.map(({ overlay }) => overlay),
        parts,
        jobs: 1,
        look: async (folder) => {
          atHome = await this.#home.check(folder, parts);
        },
      });
      const of = (results: readonly PartResult[], id: string): PartResult =>
        results.find((part) => part.id === id)!;
      for (const { part, resolve } of together)
        resolve({ graded: of(graded, part), atHome: of(atHome, part) });
    } catch (error) {
      for (const { reject } of together) reject(error);
    }
  }

  #take(): Waiting[] {
    const taken: Waiting[] = [];
    for (const one of [...this.#waiting]) {
      if (!taken.every((other) => goTogether(one, other))) continue;
      taken.push(one);
      this.#waiting.splice(this.#waiting.indexOf(one), 1);
    }
    return taken;
  }
}

function goTogether(one: Waiting, other: Waiting): boolean {
  const decides = (a: Waiting, b: Waiting): boolean => a.written.some((path) => b.deciding.has(path));
  return one.part !== other.part && !decides(one, other) && !decides(other, one);
}
