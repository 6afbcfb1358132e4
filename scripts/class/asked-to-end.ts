/** A terminal signals all that it runs, and npm passes the signal on to what has it already: that is one request. */
const SAME_REQUEST_MS = 1000;

/** Two signals of the process, one for the first request to end and one for the second. */
export interface AskedToEnd {
  readonly drain: AbortSignal;
  readonly stop: AbortSignal;
  /** Nobody listens from then on. */
  readonly done: () => void;
}

/**
 * Listens for Ctrl+C and SIGTERM.
 * @param options.onFirst called at the first request
 * @param options.now milliseconds of a clock that never goes back
 */
export function untilAskedToEnd({
  onFirst,
  now = () => performance.now(),
}: {
  onFirst: () => void;
  now?: () => number;
}): AskedToEnd {
  const [drain, stop] = [new AbortController(), new AbortController()];
  let first = 0;
  const asked = (): void => {
    if (!drain.signal.aborted) {
      first = now();
      onFirst();
      drain.abort();
    } else if (now() - first >= SAME_REQUEST_MS) stop.abort();
  };
  process.on('SIGINT', asked).on('SIGTERM', asked);
  const done = (): void => void process.off('SIGINT', asked).off('SIGTERM', asked);
  return { drain: drain.signal, stop: stop.signal, done };
}
