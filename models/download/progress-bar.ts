import type { WriteStream } from 'node:tty';
import { SingleBar } from 'cli-progress';

type Stream = NodeJS.WritableStream & Partial<Pick<WriteStream, 'isTTY'>>;

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** Updates over which the speed is averaged; one for every few kilobytes that come in. */
const SPEED_UPDATES = 500;

/**
 * Shows how much of a download has come while it runs: on a terminal a bar with the seconds left, elsewhere a line at
 * each quarter.
 */
export async function withProgressBar(
  { stream, total }: { stream: Stream; total: number },
  download: (onProgress: (received: number) => void) => Promise<void>,
): Promise<void> {
  if (!stream.isTTY) return download(quarterLines(stream, total));
  const bar = new SingleBar({
    stream,
    format: '[{bar}] {value} of {total} MB, {eta} s left',
    formatValue: (value, _options, type) => {
      if (type === 'value' || type === 'total') return megabytes(value);
      // A time that is not known yet comes as a text such as 'NULL'.
      return Number.isFinite(value) ? String(value) : '?';
    },
    barCompleteChar: '#',
    barIncompleteChar: '.',
    barsize: 30,
    etaBuffer: SPEED_UPDATES,
    // Otherwise wrapping is switched off, and Ctrl-C leaves it so.
    linewrap: true,
  });
  bar.start(total, 0);
  try {
    await download((received) => bar.update(received));
  } finally {
    bar.stop();
  }
}

function quarterLines(stream: Stream, total: number): (received: number) => void {
  let shown = 0;
  return (received) => {
    const quarter = Math.floor((4 * received) / total);
    if (quarter !== shown) stream.write(`${megabytes(received)} of ${megabytes(total)} MB\n`);
    shown = quarter;
  };
}
