import type { EventEmitter } from 'node:events';
import progress, { type Options } from 'cli-progress';
import { paceOf, type Pace } from './pace.ts';

// Not every one of them is a named export to Node.
const { Format, MultiBar, SingleBar } = progress;

/** How far a long work is, shown on standard error. */
export interface Progress {
  /**
   * @param detail what is at work, or how it goes
   * @param isStalled nothing is at work, so that nobody knows the time left
   */
  at(value: number, detail?: string, isStalled?: boolean): void;
  /** A line that stays. */
  note(line: string): void;
  /** To be called however the work ends. */
  end(): void;
}

interface Work {
  readonly title: string;
  readonly total: number;
  /** Where an earlier run of the work ended. Default: 0. */
  readonly from?: number;
  /** What is at work, or how it goes, at first. */
  readonly detail?: string;
}

interface Shown {
  readonly detail: string;
  readonly isStalled: boolean;
}

const shownFirst = ({ detail = '' }: Work): Shown => ({ detail, isStalled: false });

/** Between two drawings. */
const TERMINAL_MS = 100;
const LOG_MS = 10_000;

/**
 * A time such as `45s`, `2m5s` or `1h10m`.
 * @param step the smaller unit is rounded to a multiple of it, once there is a larger one or ten of it
 */
export function timeText(seconds: number, step = 1): string {
  const rounded = (value: number): number => step * Math.round(value / step);
  const whole = seconds > 10 ? rounded(seconds) : Math.round(seconds);
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m${whole % 60}s`;
  const minutes = rounded(seconds / 60);
  return `${Math.floor(minutes / 60)}h${minutes % 60}m`;
}

/** A bar's characters, at most. */
const BAR = 24;
const SHORT_BAR = 12;
/** The smaller unit of a time left is told in multiples of so many. */
const ROUGHLY = 5;

/** Parts of a line, with a blank between those that there are. */
const line = (...parts: readonly string[]): string => parts.filter(Boolean).join(' ');

/** A line that fits: the bar gives way first, then what is said of the work, then its title; the figures stay. */
function fitted(
  columns: number,
  part: { title: string; bars: string[]; figures: string; detail: string },
): string {
  const { title, bars, figures, detail } = part;
  const [whole, ...shorter] = [...bars, ''].map((bar) => line(title, bar, figures));
  if (line(whole, detail).length <= columns) return line(whole, detail);
  const head = shorter.find((one) => one.length <= columns) ?? figures.slice(0, columns);
  const room = columns - head.length - 1;
  if (detail.length <= room) return line(head, detail);
  return room > 1 ? line(head, `${detail.slice(0, room - 1)}…`) : head;
}

/** In words, once there is something to tell it by. */
function timeLeft({ isStalled }: Shown, pace: Pace): string {
  const left = isStalled ? undefined : pace.left();
  return left === undefined ? '' : `about ${timeText(left, ROUGHLY)} left`;
}

const listed = (...figures: readonly string[]): string => figures.filter(Boolean).join(', ');

function optionsFor(format: Options['format']): Options {
  return {
    format,
    barsize: BAR,
    // Else an interrupted run would leave the terminal without it.
    linewrap: true,
    forceRedraw: true,
  };
}

/** Draws where the library's own timer has not of late: it cannot while work keeps the event loop busy. */
function drawingBeside(bars: EventEmitter, draw: () => void, milliseconds: number): () => void {
  let drawn = performance.now();
  bars.on('redraw-post', () => (drawn = performance.now()));
  return () => {
    if (performance.now() - drawn >= milliseconds) draw();
  };
}

function onTerminal(work: Work): Progress {
  const pace = paceOf({ from: 0, ...work });
  const begin = performance.now();
  const bars = new MultiBar(
    optionsFor((options, params, shown: Shown) => {
      const { value, total } = params;
      const time = timeText(Math.floor((performance.now() - begin) / 1000));
      const spent = value < total ? `${time} so far` : `in ${time}`;
      return fitted((process.stderr.columns || 80) - 1, {
        title: work.title,
        bars: [BAR, SHORT_BAR].map((barsize) =>
          Format.Formatter({ ...options, barsize, format: '{bar}' }, params, {}),
        ),
        figures: listed(`${value}/${total}`, spent, timeLeft(shown, pace)),
        detail: shown.detail,
      });
    }),
  );
  const bar = bars.create(work.total, work.from ?? 0, shownFirst(work));
  const draw = drawingBeside(bars, () => bars.update(), TERMINAL_MS);
  return {
    at(value, detail = '', isStalled = false) {
      pace.at(value);
      bar.update(value, { detail, isStalled });
      draw();
    },
    note(line) {
      bars.log(`${line}\n`);
      bars.update();
    },
    end: () => bars.stop(),
  };
}

function inLog(work: Work): Progress {
  const pace = paceOf({ from: 0, ...work });
  const bar = new SingleBar({
    ...optionsFor((_, { value, total }, shown: Shown) =>
      line(work.title, listed(`${value}/${total}`, timeLeft(shown, pace)), shown.detail),
    ),
    noTTYOutput: true,
    notTTYSchedule: LOG_MS,
    // It would end with an empty line.
    clearOnComplete: true,
  });
  bar.start(work.total, work.from ?? 0, shownFirst(work));
  const draw = drawingBeside(bar, () => bar.render(), LOG_MS);
  return {
    at(value, detail = '', isStalled = false) {
      pace.at(value);
      bar.update(value, { detail, isStalled });
      draw();
    },
    note: (line) => void process.stderr.write(`${line}\n`),
    end: () => bar.stop(),
  };
}

/** A bar on a terminal, with the time that it took, each second, and the time left; a line now and then in a log. */
export function startProgress(work: Work): Progress {
  return process.stderr.isTTY ? onTerminal(work) : inLog(work);
}
