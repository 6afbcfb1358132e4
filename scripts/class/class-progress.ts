import type { ClassProgress, ClassReading } from '../../batch/grade-class.ts';
import { startProgress, type Progress } from '../terminal/progress.ts';

const MS_PER_HOUR = 3_600_000;
/** The first result takes longer than others, and a still bar looks as if nothing went on. */
const GETTING_READY = 'proving isolation, reading fixtures, grading the first';

/** How far a class is, shown on standard error from the first word of it on: one bar after the other. */
export interface ClassProgressShown {
  /** What takes its time beside grading, by its name. */
  step(title: string, done: number, total: number): void;
  reading(now: ClassReading): void;
  at(now: ClassProgress): void;
  note(line: string): void;
  end(): void;
}

/** What was graded before this run began took it no time, and says nothing of the time left. */
export function classProgress(): ClassProgressShown {
  let begin = 0;
  let shown: { readonly title: string; readonly bar: Progress } | undefined;
  const barOf = (work: Parameters<typeof startProgress>[0]): Progress => {
    if (shown?.title === work.title) return shown.bar;
    shown?.bar.end();
    begin = performance.now();
    shown = { title: work.title, bar: startProgress(work) };
    return shown.bar;
  };
  const step = (title: string, done: number, total: number, detail = ''): void =>
    barOf({ title, total, from: done, detail }).at(done, detail);
  return {
    step,
    reading: ({ read, total, kept }) =>
      step('submissions read', read, total, kept > 0 ? `${kept} graded before` : ''),
    at(now) {
      const { total, kept, done, isWaiting } = now;
      const bar = barOf({ title: 'submissions', total, from: kept, detail: detailOf(now, 0) });
      bar.at(done, detailOf(now, performance.now() - begin), isWaiting);
    },
    note: (line) => (shown ? shown.bar.note(line) : console.error(line)),
    end() {
      shown?.bar.end();
      shown = undefined;
    },
  };
}

function detailOf({ done, total, kept, failed, isWaiting }: ClassProgress, milliseconds: number): string {
  const fresh = done - kept;
  return [
    done < total && isWaiting ? 'waiting for a worker' : '',
    done < total && fresh === 0 && !isWaiting ? GETTING_READY : '',
    fresh > 0 && !isWaiting ? `${Math.round((fresh * MS_PER_HOUR) / milliseconds)} an hour` : '',
    kept > 0 ? `${kept} graded before` : '',
    failed > 0 ? `${failed} failed through us` : '',
  ]
    .filter(Boolean)
    .join(', ');
}
