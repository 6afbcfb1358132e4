import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createDeflate } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import { FIXTURES, TEMPLATE } from '../../repository.ts';
import { chunk, header, pngOf } from '../picture/build-png.ts';

/** Files of attacks that are large, or no text. */
export const MADE_FILES = ['quiz-of-blanks', 'quiz-of-links', 'thin-picture', 'nested-neighbour'] as const;
type MadeFiles = (typeof MADE_FILES)[number];

const QUIZ_BYTES = 250_000;
const LINKS = 100_000;
const ROWS = 8_000_000;
const DEPTH = 150_000;
const PICTURE = 'visualization/saliency_visualization.png';
const NEIGHBOUR = 'style-modules/style-loss.ts';

/** By path in the submission. */
export async function madeFiles(kind: MadeFiles): Promise<[path: string, content: string | Uint8Array][]> {
  const quiz = readFileSync(join(TEMPLATE, 'quiz.md'), 'utf8');
  switch (kind) {
    case 'quiz-of-blanks':
      return [['quiz.md', `${quiz}\n${' '.repeat(QUIZ_BYTES - quiz.length)}x`]];
    case 'quiz-of-links':
      return [['quiz.md', `${quiz}\n${'['.repeat(LINKS)}`]];
    case 'thin-picture': {
      // A filter byte and four of a pixel in each row.
      const rows = await packedZeros(5 * ROWS);
      return [[PICTURE, pngOf(header({ width: 1, height: ROWS }), chunk('IDAT', rows))]];
    }
    case 'nested-neighbour': {
      const reference = join(FIXTURES, 'submissions/should-pass/reference', NEIGHBOUR);
      const nested = `export const deep: unknown = ${'['.repeat(DEPTH)}${']'.repeat(DEPTH)};\n`;
      return [[NEIGHBOUR, readFileSync(reference, 'utf8') + nested]];
    }
  }
}

/** Piece by piece: who makes it is the process whose memory is measured. */
function packedZeros(bytes: number): Promise<Buffer> {
  const piece = Buffer.alloc(bytes / 400);
  return buffer(Readable.from(Array.from({ length: 400 }, () => piece)).pipe(createDeflate()));
}
