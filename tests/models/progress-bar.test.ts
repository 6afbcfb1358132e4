import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { withProgressBar } from '../../models/download/progress-bar.ts';

const total = 8e6;

/** What a download shows, piece by piece as it was written, control sequences left out. */
async function shown(
  isTTY: boolean,
  download: (onProgress: (received: number) => void) => Promise<void>,
): Promise<string[]> {
  const pieces: string[] = [];
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 100 });
  stream.on('data', (text: Buffer) => pieces.push(stripVTControlCharacters(String(text))));
  await withProgressBar({ stream, total }, download).catch((error: Error) => pieces.push(error.message));
  return pieces.filter((piece) => piece !== '');
}

describe('the progress bar', () => {
  it('moves on a terminal, says how long it takes and ends its line', async () => {
    const pieces = await shown(true, async (onProgress) => {
      onProgress(4e6);
      await sleep(300);
      onProgress(8e6);
    });
    expect(pieces[0]).toBe(`[${'.'.repeat(30)}] 0.0 of 8.0 MB, ? s left`);
    expect(pieces[1]).toMatch(/^\[#{15}\.{15}\] 4\.0 of 8\.0 MB, \d+ s left$/);
    expect(pieces.slice(-2)).toEqual([`[${'#'.repeat(30)}] 8.0 of 8.0 MB, 0 s left`, '\n']);
  });

  it('ends its line when the download fails, and passes the error on', async () => {
    const pieces = await shown(true, async () => Promise.reject(new Error('refused')));
    expect(pieces.slice(-2)).toEqual(['\n', 'refused']);
  });

  it('is a line at each quarter elsewhere', async () => {
    const pieces = await shown(false, async (onProgress) => {
      for (const received of [1e6, 2e6, 3e6, 4.5e6, 8e6]) onProgress(received);
    });
    expect(pieces).toEqual(['2.0 of 8.0 MB\n', '4.5 of 8.0 MB\n', '8.0 of 8.0 MB\n']);
  });
});
