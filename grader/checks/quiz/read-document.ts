import { parseQuiz, type QuizQuestion } from './parse-quiz.ts';
import { linesOf } from './quiz-lines.ts';

export type ReadDocument =
  | { readonly ok: true; readonly questions: readonly QuizQuestion[] }
  /** In words that complete "this document ...". */
  | { readonly ok: false; readonly why: string };

/** More text than any quiz has. */
const MAX_BYTES = 256 * 1024;
const MAX_LINES = 4000;

/** What was read of a submitted file: all checks of a part ask for the same one. */
const known = new WeakMap<Uint8Array, ReadDocument>();

/** Markdown of any origin; a byte order mark says when it is not UTF-8. */
function decode(bytes: Uint8Array): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

function read(bytes: Uint8Array): ReadDocument {
  if (bytes.length > MAX_BYTES) return { ok: false, why: `is larger than ${MAX_BYTES / 1024} KB` };
  const text = decode(bytes);
  if (linesOf(text).length > MAX_LINES) return { ok: false, why: `has more than ${MAX_LINES} lines` };
  return { ok: true, questions: parseQuiz(text) };
}

/** The questions of a submitted quiz, read once. Never throws; time and memory are linear in the file's size. */
export function readDocument(bytes: Uint8Array): ReadDocument {
  const document = known.get(bytes) ?? read(bytes);
  known.set(bytes, document);
  return document;
}
