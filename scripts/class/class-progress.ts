import type { ClassProgress } from '../../batch/grade-class.ts';
import { startProgress, type Progress } from '../terminal/progress.ts';

const MS_PER_HOUR = 3_600_000;
/** The first result takes longer than others, and a still bar looks as if nothing went on. */
const GETTING_READY = 'proving isolation, reading fixtures, grading the first';

/** How far a class is, shown on standard error from the first word of it on. */
export interface ClassProgressShown {
  at(now: ClassProgress): void;
  note(line: string): void;
  end(): void;
}

/** What was graded before this run began took it no time, and says nothing of the time left. */
export function classProgress(): ClassProgressShown {
  let begin = 0;
  let shown: Progress | undefined;
  return {
    at(now) {
      if (!shown) {
        begin = performance.now();
        shown = startProgress({
          ...{ title: 'submissions', total: now.total, from: now.kept },
          detail: detailOf(now, 0),
        });
      }
      shown.at(now.done, detailOf(now, performance.now() - begin), now.isWaiting);
    },
    note: (line) => (shown ? shown.note(line) : console.error(line)),
    end: () => shown?.end(),
  };
}

function detailOf({ done, total, kept, failed, isWaiting }: ClassProgress, milliseconds: number): string {
  const fresh = done - kept;
  return [
    done < total && isWaiting ? 'waiting for a worker' : '',
    done < total && fresh === 0 && !isWaiting ? GETTING_READY : '',
    fresh > 0 && !isWaiting ? `${Math.round((fresh * MS_PER_HOUR) / milliseconds)} an hour` : '',
    failed > 0 ? `${failed} failed through us` : '',
  ]
    .filter(Boolean)
    .join(', ');
}
