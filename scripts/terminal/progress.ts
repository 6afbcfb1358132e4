import type { EventEmitter } from 'node:events';
import progress, { type Options } from 'cli-progress';

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
 * A time such as `45s`, `2m5s` or `1h10m`. The library's own rounds what is left of a minute up to `1m60s`.
 * @param step the smaller unit is rounded to a multiple of it, once there is a larger one or ten of it
 */
export function timeText(seconds: number, step = 1): string {
  // The library has texts for what it cannot tell.
  if (!Number.isFinite(seconds)) return '?';
  const rounded = (value: number): number => step * Math.round(value / step);
  const whole = seconds > 10 ? rounded(seconds) : Math.round(seconds);
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m${whole % 60}s`;
  const minutes = rounded(seconds / 60);
  return `${Math.floor(minutes / 60)}h${minutes % 60}m`;
}

/** The time left is told once there is something to tell it by. */
function optionsFor({ title, from = 0 }: Work, bar: string): Options {
  const figures = `${title} ${bar}{value}/{total}`;
  return {
    format(options, params, payload: Shown) {
      const isUnderWay = params.value > from && params.value < params.total && !payload.isStalled;
      const format = `${figures}${isUnderWay ? ', {eta_formatted} left' : ''}`;
      return `${Format.Formatter({ ...options, format }, params, payload)} ${payload.detail}`.trimEnd();
    },
    formatTime: (seconds, _, step) => timeText(seconds, step),
    barsize: 24,
    // Else an interrupted run would leave the terminal without it.
    linewrap: true,
    etaBuffer: 25,
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
  const bars = new MultiBar(optionsFor(work, '{bar} '));
  const bar = bars.create(work.total, work.from ?? 0, shownFirst(work));
  const draw = drawingBeside(bars, () => bars.update(), TERMINAL_MS);
  return {
    at(value, detail = '', isStalled = false) {
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
  const bar = new SingleBar({
    ...optionsFor(work, ''),
    noTTYOutput: true,
    notTTYSchedule: LOG_MS,
    // It would end with an empty line.
    clearOnComplete: true,
  });
  bar.start(work.total, work.from ?? 0, shownFirst(work));
  const draw = drawingBeside(bar, () => bar.render(), LOG_MS);
  return {
    at(value, detail = '', isStalled = false) {
      bar.update(value, { detail, isStalled });
      draw();
    },
    note: (line) => void process.stderr.write(`${line}\n`),
    end: () => bar.stop(),
  };
}

/** A bar with the time left on a terminal, and a line now and then in a log. */
export function startProgress(work: Work): Progress {
  return process.stderr.isTTY ? onTerminal(work) : inLog(work);
}
