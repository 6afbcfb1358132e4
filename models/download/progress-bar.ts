import type { WriteStream } from 'node:tty';

const width = 30;

/** Draws how much of a download has come: a moving bar on a terminal, elsewhere a line at each quarter. */
export function progressBar(
  stream: Pick<WriteStream, 'write' | 'isTTY'>,
  total: number,
): (received: number) => void {
  let shown = 0;
  return (received) => {
    const share = received / total;
    const step = Math.floor(share * (stream.isTTY ? 100 : 4));
    if (step === shown) return;
    shown = step;
    const megabytes = `${(received / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`;
    const filled = Math.round(share * width);
    const bar = '#'.repeat(filled) + '.'.repeat(width - filled);
    if (stream.isTTY) stream.write(`\r[${bar}] ${megabytes}${share === 1 ? '\n' : ''}`);
    else stream.write(`${megabytes}\n`);
  };
}
