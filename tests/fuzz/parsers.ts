import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parsePacked } from '../../batch/queue/packed-files.ts';
import { readDocument } from '../../grader/checks/quiz/read-document.ts';
import { esbuildProblems } from '../../grader/compile/esbuild-problems.ts';
import { withoutSourceMaps } from '../../grader/compile/source-map-comments.ts';
import { tscProblems } from '../../grader/compile/tsc-problems.ts';
import { GraderError, SubmissionError } from '../../grader/format/errors.ts';
import { printable } from '../../grader/format/printable.ts';
import { decodeSafetensors } from '../../grader/format/safetensors.ts';
import { MiB } from '../../grader/format/units.ts';
import { escapeMarkdown } from '../../grader/gradescope/markdown.ts';
import { parseMetadata } from '../../grader/gradescope/metadata.ts';
import { showAgain } from '../../grader/gradescope/shown-again.ts';
import { ingest } from '../../grader/ingest/index.ts';
import { decodePng, encodePng } from '../../grader/picture/index.ts';
import { explainThrown } from '../../grader/pipeline/processes/explain.ts';
import { SourcePositions } from '../../grader/pipeline/processes/source-positions.ts';
import { encodeFrame, FrameReader, ProtocolViolation } from '../../grader/protocol/frame.ts';
import { parseReply } from '../../grader/protocol/parse-reply.ts';
import { escapeHtml } from '../../grader/report/escape-html.ts';
import { parseStat } from '../../grader/sandbox/process-table.ts';
import { ReadingTime, readSource, sourceRules } from '../../grader/source/index.ts';
import { parseCifar10 } from '../../picture-sets/formats/cifar.ts';
import { parseIdx } from '../../picture-sets/formats/idx.ts';
import { parseLabelTable } from '../../picture-sets/formats/label-table.ts';
import { parseNpy } from '../../picture-sets/formats/npy.ts';
import { readNpz } from '../../picture-sets/formats/npz.ts';
import { renderReport } from '../../reference/lib/report/render-report.ts';
import { buildZip } from '../ingest/build-zip.ts';
import { cifar, idx, int64, npy, npz, someBytes } from '../picture-sets/foreign-bytes.ts';
import type { Language } from './inputs.ts';
import {
  BUNDLE,
  CODE,
  ESBUILD,
  JSON_BRACKETS,
  JSON_WORDS,
  METADATA,
  PACKED,
  QUIZ,
  REPORT,
  RETURNED,
  STACK,
  STAT,
  TENSORS,
  THREW,
  TSC,
} from './seeds.ts';

/** What reads bytes that a submission can choose. */
export interface Parser extends Language {
  /** As in the list of docs/security.md. */
  readonly name: string;
  /** The file that does it. */
  readonly file: string;
  /** Reads an input, or refuses it with an error of one of these kinds; any other error is a fault of ours. */
  readonly read: (input: Buffer) => unknown;
  readonly refusals?: readonly (new (...args: never[]) => Error)[];
  /** So long one input may take at most, on a busy machine. Milliseconds. Default 2,000. */
  readonly longest?: number;
}

/** An error that was written as a sentence; any other class is a mistake in the code. */
class PlainError extends Error {
  static override [Symbol.hasInstance](error: unknown): boolean {
    return error instanceof Error && Object.getPrototypeOf(error) === Error.prototype;
  }
}

const scratch = mkdtempSync(join(tmpdir(), 'fuzz-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

const textOf = (input: Buffer): string => input.toString('utf8');

/** The value of a JSON text, as whoever calls the parser would have it. */
function jsonOf(input: Buffer): unknown {
  try {
    return JSON.parse(textOf(input));
  } catch {
    return undefined;
  }
}

/**
 * Everything in the project that reads bytes which a submission can choose. Whoever adds a parser adds it here and to
 * docs/security.md; a test compares the two.
 */
export const PARSERS: readonly Parser[] = [
  {
    name: 'zip',
    file: 'grader/ingest/zip-listing.ts',
    seeds: [
      buildZip([
        { name: 'solve/a.ts', content: CODE },
        { name: 'solve/b.ts', content: 'export {};', method: 'store' },
      ]),
      buildZip([{ name: 'wrapped/solve/a.ts', content: CODE.repeat(20) }]),
    ],
    words: [
      'PK\x03\x04',
      'PK\x01\x02',
      'PK\x05\x06',
      'PK\x06\x06',
      'PK\x06\x07',
      'PK\x07\x08',
      '../',
      'solve/a.ts',
    ],
    refusals: [SubmissionError],
    read(input) {
      const path = join(scratch, 'input.zip');
      writeFileSync(path, input);
      return ingest({ path, allow: ['solve/a.ts', 'solve/*.ts'] });
    },
  },
  {
    name: 'PNG',
    file: 'grader/picture/decode-png.ts',
    seeds: [
      encodePng({ width: 4, height: 3, data: new Uint8Array(48).fill(7) }),
      encodePng({ width: 1, height: 1, data: Uint8Array.of(1, 2, 3, 4) }),
    ],
    words: ['IHDR', 'IDAT', 'IEND', 'PLTE', 'tRNS', 'gAMA', '\0\0\0\0IDAT\0\0\0\0'],
    refusals: [SubmissionError],
    read: (input) => decodePng(input),
  },
  {
    name: 'safetensors',
    file: 'grader/format/safetensors.ts',
    seeds: [TENSORS],
    words: ['"dtype":"F16"', '"shape":[', '"data_offsets":[0,', '"__metadata__":', ...JSON_WORDS],
    brackets: JSON_BRACKETS,
    refusals: [GraderError],
    read: (input) => decodeSafetensors(input),
  },
  {
    name: 'frames',
    file: 'grader/protocol/frame.ts',
    seeds: [
      encodeFrame({ message: RETURNED, tensors: TENSORS }),
      encodeFrame({ message: THREW, tensors: new Uint8Array() }),
    ],
    words: JSON_WORDS,
    brackets: JSON_BRACKETS,
    refusals: [ProtocolViolation],
    read: (input) => new FrameReader().push(input).map((frame) => parseReply(frame)),
  },
  {
    name: 'answers',
    file: 'grader/protocol/parse-reply.ts',
    seeds: [JSON.stringify(RETURNED), JSON.stringify(THREW)],
    words: ['{"list":[', '{"record":{', '{"tensor":"a"}', '{"number":"NaN"}', '{"text":"', ...JSON_WORDS],
    brackets: [...JSON_BRACKETS, ['{"list":[', ']}']],
    refusals: [ProtocolViolation],
    // By way of a frame, which bounds the depth of what is parsed.
    read(input) {
      const head = Buffer.alloc(8);
      head.writeUInt32LE(4 + input.length, 0);
      head.writeUInt32LE(input.length, 4);
      return new FrameReader().push(Buffer.concat([head, input])).map((frame) => parseReply(frame));
    },
  },
  {
    name: 'quiz',
    file: 'grader/checks/quiz/read-document.ts',
    seeds: [QUIZ, `\ufeff${QUIZ.replaceAll('\n', '\r\n')}`],
    words: [
      '### S1. ',
      '- [x] ',
      '1. [ ] ',
      '[',
      ']',
      '\\[',
      '**',
      '> ',
      '#',
      '1.',
      '- ',
      '\u00a0',
      '\u200b',
    ],
    read: (input) => readDocument(input),
  },
  {
    name: 'source',
    file: 'grader/source/with-syntax-tree.ts',
    seeds: [CODE, `${CODE}\nclass A { static #b = async (c = await d) => { yield * e; } }\n`],
    words: [
      'async (a = ',
      '=> ',
      '<T>(',
      '${',
      '`',
      '/*',
      '*/',
      '//',
      'import(',
      '/x/',
      '?.',
      '@a ',
      'a.print()',
      '...',
    ],
    brackets: [
      ['(', ')'],
      ['[', ']'],
      ['{', '}'],
      ['async (a = ', ')'],
      ['a<', '>'],
      ['`${', '}`'],
      ['(a = ', ') => 0'],
      ['a ? (b', ') : c => d'],
    ],
    large: 128 * 1024,
    read: (input) =>
      readSource({
        path: 'solve/a.ts',
        text: textOf(input),
        templateText: CODE,
        modules: new Set(['solve/b.ts']),
        rules: sourceRules,
        time: new ReadingTime({ perFile: 400 }),
      }),
  },
  {
    name: 'source map comments',
    file: 'grader/compile/source-map-comments.ts',
    seeds: [CODE, `${CODE}//# sourceMappingURL=a.map\n`],
    words: ['//# sourceMappingURL=', '/*@ ', '# ', '#\t', '@ sourceMappingURL'],
    read: (input) => withoutSourceMaps(new Map([['solve/a.ts', input]])),
  },
  {
    name: 'messages of esbuild',
    file: 'grader/compile/esbuild-problems.ts',
    seeds: [ESBUILD, ESBUILD.repeat(3)],
    words: ['✘ [ERROR] ', '\n\n    ', ':1:1:', ' │ ', ':', '    a', '\n      1 │ '],
    read: (input) => esbuildProblems(textOf(input)),
  },
  {
    name: 'messages of tsc',
    file: 'grader/compile/tsc-problems.ts',
    seeds: [TSC, TSC.repeat(3)],
    words: ['(1,1)', '(', ',', '): error TS', ': ', '(1,', '1'],
    read: (input) => tscProblems(textOf(input)),
  },
  {
    name: 'stack traces',
    file: 'grader/pipeline/processes/source-positions.ts',
    seeds: [STACK],
    words: ['part.mjs:', 'part.mjs:1:1', ':', ')', '\n', '999999999'],
    read: (input) => new SourcePositions({ code: BUNDLE, name: 'part.mjs' }).locate(textOf(input)),
  },
  {
    name: 'end of a bundle',
    file: 'grader/pipeline/processes/source-positions.ts',
    seeds: [BUNDLE],
    words: ['//# sourceMappingURL=data:application/json;base64,', 'A', '=', '/', ' \n'],
    // The map itself is esbuild's; a submission chooses the text before it, which may look like one.
    read: (input) =>
      new SourcePositions({ code: `${textOf(input)}\n${BUNDLE}`, name: 'part.mjs' }).locate(STACK),
  },
  {
    name: 'errors of a submission',
    file: 'grader/pipeline/processes/explain.ts',
    seeds: ['no', 'the shapes are\n odd'],
    words: ['\x1b[31m', '\u202e', '<b>', '**', 'https://', 'www.', '@', '1.', '#', '\x1b]8;;'],
    read(input) {
      const message = textOf(input);
      const error = { reason: 'threw', name: message, message, stack: message } as const;
      const positions = new SourcePositions({ code: '', name: 'part.mjs' });
      const { details } = explainThrown({ module: 'solve/a.ts', export: 'loss' }, error, positions);
      return [
        printable(message),
        escapeMarkdown(message),
        escapeHtml(message),
        ...details.map(escapeMarkdown),
      ];
    },
  },
  {
    name: 'process table',
    file: 'grader/sandbox/process-table.ts',
    seeds: [STAT],
    words: [') ', '(', ' ', '-1', '18446744073709551615'],
    // A process chooses its own name.
    read: (input) => parseStat(7, input.toString('latin1')),
  },
  {
    name: 'metadata of Gradescope',
    file: 'grader/gradescope/metadata.ts',
    seeds: [JSON.stringify(METADATA)],
    words: ['"previous_submissions":[', '"results":{', '"tests":[', '"score":', ...JSON_WORDS],
    brackets: JSON_BRACKETS,
    read(input) {
      const { previous } = parseMetadata(jsonOf(input));
      return previous.map((one) => showAgain({ previous: one, why: 'once more' }));
    },
  },
  {
    name: 'written report',
    file: 'reference/lib/report/read-report.ts',
    seeds: [REPORT],
    words: ['> ', '# ', '**', '*', '_', '[', '](', '![', '<!--', '|', '`', '- ', '~~', '<a ', '&amp;'],
    brackets: [
      ['[', ']'],
      ['> ', ''],
      ['**', '**'],
    ],
    // Read where it was written, or by staff; not while grading. Quotations nested without end exhaust its stack.
    refusals: [RangeError],
    large: 4 * 1024,
    longest: 5000,
    read: (input) => renderReport({ markdown: textOf(input), from: scratch, folder: scratch }),
  },
  {
    name: 'what a queue holds',
    file: 'batch/queue/packed-files.ts',
    seeds: [JSON.stringify(PACKED), JSON.stringify({ name: 'a.zip', file: 'UEs=' })],
    words: ['"name":"', '"file":"', '"files":[', '["a",{"bytes":"', '{"link":"', '../', ...JSON_WORDS],
    brackets: JSON_BRACKETS,
    refusals: [GraderError],
    // Mutations of gzip itself would go no further than its checksum.
    read: (input) => parsePacked(gzipSync(input)),
  },
  {
    name: 'arrays of NumPy',
    file: 'picture-sets/formats/npy.ts',
    seeds: [npy([2, 3], someBytes(6)), npy([3], int64([1, 2, 3]), { type: '>i8', version: 2 })],
    words: [
      '(',
      ')',
      ',',
      '1',
      ' ',
      "'descr': '",
      "'shape': (",
      "'fortran_order': ",
      'True',
      '|O',
      'L',
      '}\n',
    ],
    brackets: [['(', ')']],
    refusals: [PlainError],
    read: (input) => parseNpy(input),
  },
  {
    name: 'archives of NumPy',
    file: 'picture-sets/formats/npz.ts',
    seeds: [
      npz({ X: npy([2, 3], someBytes(6)), y: npy([2], int64([0, 1]), { type: '<i8' }) }),
      npz({ y: npy([2], int64([0, 1]), { type: '<i8' }), X: npy([40], someBytes(40)) }, { packed: false }),
    ],
    words: [
      'PK\x03\x04',
      'PK\x01\x02',
      'PK\x05\x06',
      'PK\x06\x06',
      'PK\x06\x07',
      'X.npy',
      'y.npy',
      '\x93NUMPY',
    ],
    refusals: [PlainError],
    read: (input) => readNpz(input, ['X', 'y'], 64 * MiB),
  },
  {
    name: 'files in MNIST’s format',
    file: 'picture-sets/formats/idx.ts',
    seeds: [idx([2, 3, 4], someBytes(24)), gzipSync(idx([2, 3, 4], someBytes(24)))],
    words: ['\0\0\x08\x03', '\0\0\0\x01', '\x1f\x8b\x08', '\xff\xff\xff\xff'],
    refusals: [PlainError],
    read: (input) => parseIdx(input, 64 * MiB),
  },
  {
    name: 'batches of CIFAR-10',
    file: 'picture-sets/formats/cifar.ts',
    seeds: [cifar([3, 9]), cifar([0])],
    words: ['\x09', '\x0a'],
    refusals: [PlainError],
    read: (input) => parseCifar10(input).map(({ pixels }) => pixels()),
  },
  {
    name: 'tables of labels',
    file: 'picture-sets/formats/label-table.ts',
    seeds: ['file,label\na.png,quail\n"b, c.png",12\n', '\ufefffile;label\r\na.png;quail\r\n'],
    words: ['"', '""', ',', ';', '\t', '\n', '\r\n', '\r', '\ufeff', 'file,label\n'],
    refusals: [PlainError],
    read: (input) => parseLabelTable(textOf(input)),
  },
];
