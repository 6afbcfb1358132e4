import type { Phase } from '../../grader/format/phase.ts';
import type { WatchedProcess } from './process-watch.ts';

/** An event of the format that browsers' profilers and ui.perfetto.dev open; times in microseconds. */
interface TraceEvent {
  readonly ph: 'X' | 'M';
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts?: number;
  readonly dur?: number;
  readonly args?: Readonly<Record<string, string | number>>;
}

/** The processes of the trace: not those of the system, but headings. */
const PHASES = 1;
const PROCESSES = 2;

/** The first row in which a stretch is free, rows filled from the top. */
function lanes<T>(items: readonly T[], span: (item: T) => { start: number; end: number }): Map<T, number> {
  const ends: number[] = [];
  const rows = new Map<T, number>();
  for (const item of items.toSorted((a, b) => span(a).start - span(b).start)) {
    const { start, end } = span(item);
    const free = ends.findIndex((until) => until <= start);
    const row = free < 0 ? ends.length : free;
    ends[row] = end;
    rows.set(item, row);
  }
  return rows;
}

const microseconds = (milliseconds: number): number => Math.round(milliseconds * 1000);

/** Phases and processes of a grading as a trace. @param origin what counts as 0, milliseconds since the epoch */
export function traceOf(run: {
  origin: number;
  phases: readonly Phase[];
  processes: readonly WatchedProcess[];
}): string {
  const { origin, phases, processes } = run;
  const heading = (pid: number, name: string): TraceEvent => ({
    ph: 'M',
    name: 'process_name',
    pid,
    tid: 0,
    args: { name },
  });
  const events: TraceEvent[] = [heading(PHASES, 'phases'), heading(PROCESSES, 'processes')];
  for (const [{ name, what, start, end }, row] of lanes(phases, (one) => one)) {
    const label = what === '' ? name : `${name}: ${what}`;
    const [ts, dur] = [microseconds(start - origin), microseconds(end - start)];
    events.push({ ph: 'X', name: label, pid: PHASES, tid: row + 1, ts, dur });
  }
  for (const [one, row] of lanes(processes, ({ from, to }) => ({ start: from, end: to }))) {
    events.push({
      ph: 'X',
      name: one.role,
      pid: PROCESSES,
      tid: row + 1,
      ts: microseconds(one.from - origin),
      dur: microseconds(one.to - one.from),
      args: { pid: one.pid, 'processor seconds': one.processorSeconds, 'peak bytes': one.peakBytes },
    });
  }
  return JSON.stringify({ traceEvents: events, displayTimeUnit: 'ms' });
}
