/** How fast a work gets on, and what that makes of the rest. */
export interface Pace {
  at(value: number): void;
  /** Seconds; undefined where nothing tells them. */
  left(): number | undefined;
}

/** The time left is told by so many of the last steps. */
const MOST_STEPS = 25;

/**
 * Tells the time left at any moment, not only when a step is done: it goes down while a step takes no longer than
 * those before, and up again while it does.
 * @param work.from where the work begins
 * @param now milliseconds of a clock that never goes back
 */
export function paceOf(
  { from, total }: { from: number; total: number },
  now: () => number = () => performance.now(),
): Pace {
  const marks = [{ value: from, ms: now() }];
  return {
    at(value) {
      if (value <= (marks.at(-1)?.value ?? from)) return;
      marks.push({ value, ms: now() });
      if (marks.length > MOST_STEPS + 1) marks.shift();
    },
    left() {
      const [first, last] = [marks[0], marks[marks.length - 1]];
      const steps = marks.length - 1;
      if (steps === 0 || last.value >= total) return undefined;
      const stepsLeft = ((total - last.value) * steps) / (last.value - first.value);
      const each = (last.ms - first.ms) / steps;
      const since = now() - last.ms;
      // The last step may be shorter than those before, and is late sooner.
      if (since < each * Math.min(1, stepsLeft)) return (each * stepsLeft - since) / 1000;
      // The step at work counts among those before, as long as it is by now.
      if (stepsLeft <= 1) return undefined;
      return ((stepsLeft - 1) * (each * steps + since)) / (steps + 1) / 1000;
    },
  };
}
