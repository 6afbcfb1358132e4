import type { StepReport } from './train-network.ts';

/** Steps between two lines. */
const interval = 25;

/** 754 to `12:34`, 4,000 to `1:06:40`. */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return `${hours > 0 ? `${hours}:${two(minutes)}` : minutes}:${two(whole % 60)}`;
}

/**
 * Takes the report of each step and returns a line now and then: how far, means since the last line, how long it
 * will take. `elapsed` are the seconds since this process began the run, `from` the step that it began at.
 */
export function progressLines(name: string, { steps, from }: { steps: number; from: number }) {
  let recent: StepReport[] = [];
  return (report: StepReport, elapsed: number): string | undefined => {
    recent.push(report);
    if (report.step % interval !== 0 && report.step !== steps) return undefined;
    const mean = (of: (r: StepReport) => number): number =>
      recent.reduce((sum, r) => sum + of(r), 0) / recent.length;
    const loss = mean((r) => r.loss).toFixed(3);
    const accuracy = (100 * mean((r) => r.accuracy)).toFixed(1);
    const left = ((steps - report.step) * elapsed) / (report.step - from);
    recent = [];
    return `${name} ${report.step}/${steps}  loss ${loss}  right ${accuracy}%  ${formatDuration(left)} left`;
  };
}
