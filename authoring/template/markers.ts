import damerauLevenshtein from 'damerau-levenshtein';
import type ts from 'typescript';
import { commentsOf, type Comment } from './comments.ts';
import { findingAt, type Finding } from './findings.ts';

export const beginMarker = '// BEGIN SOLUTION';
export const endMarker = '// END SOLUTION';

export interface Marker {
  readonly kind: 'begin' | 'end';
  readonly start: number;
  readonly end: number;
}

/**
 * What people write when they mean a marker. One edit always counts as a typo; two count only if the first word is
 * still close, or "no solution" and "any solution" would count as END SOLUTION.
 */
const lookalikes = [
  { words: ['BEGIN', 'SOLUTION'], maxEdits: 2, maxEditsInFirstWord: 2 },
  { words: ['END', 'SOLUTION'], maxEdits: 2, maxEditsInFirstWord: 1 },
  { words: ['START', 'SOLUTION'], maxEdits: 1, maxEditsInFirstWord: 1 },
  { words: ['STOP', 'SOLUTION'], maxEdits: 1, maxEditsInFirstWord: 1 },
  { words: ['SOLUTION', 'BEGIN'], maxEdits: 1, maxEditsInFirstWord: 1 },
  { words: ['SOLUTION', 'START'], maxEdits: 1, maxEditsInFirstWord: 1 },
  { words: ['SOLUTION', 'END'], maxEdits: 1, maxEditsInFirstWord: 1 },
] as const;

/** A typo can split a marker's two words into at most this many and still be recognised. */
const maxWords = 4;

/** More than these are no typo. */
const mostEdits = Math.max(...lookalikes.map(({ maxEdits }) => maxEdits));

/**
 * Insertions, deletions, substitutions and swaps of neighbours that turn one text into the other; infinite where the lengths
 * alone say that they are too many.
 */
const edits = (a: string, b: string): number =>
  Math.abs(a.length - b.length) > mostEdits ? Infinity : damerauLevenshtein(a, b).steps;

/** Whether a line of a comment was probably meant as a marker: case, spacing, typos, synonyms. */
function looksLikeMarker(line: string): boolean {
  if (/\b(?:BEGIN|END)[\s_-]*SOLUTION/.test(line)) return true;
  const words: string[] = line.toUpperCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const beginnings = words.slice(0, maxWords).map((_, last) => words.slice(0, last + 1).join(''));
  return lookalikes.some(({ words: [first, second], maxEdits, maxEditsInFirstWord }) => {
    const fewest = Math.min(...beginnings.map((beginning) => edits(beginning, first + second)));
    return fewest <= 1 || (fewest <= maxEdits && edits(words[0], first) <= maxEditsInFirstWord);
  });
}

function standsAlone(text: string, { start, end }: Comment): boolean {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return before.trim() === '' && (end === text.length || /[\r\n]/.test(text[end]));
}

/** The markers of a file in order, and everything that was probably meant as one. */
export function findMarkers(sourceFile: ts.SourceFile): { markers: Marker[]; findings: Finding[] } {
  const markers: Marker[] = [];
  const findings: Finding[] = [];
  for (const comment of commentsOf(sourceFile)) {
    const { text, start, end } = comment;
    if (text === beginMarker || text === endMarker) {
      markers.push({ kind: text === beginMarker ? 'begin' : 'end', start, end });
      if (!standsAlone(sourceFile.text, comment)) {
        const problem = `"${text}" shares its line with code`;
        findings.push(
          findingAt(sourceFile, start, { problem, remedy: 'put the marker on a line of its own' }),
        );
      }
      continue;
    }
    let lineStart = start;
    for (const line of text.split('\n')) {
      if (looksLikeMarker(line)) {
        const shown = line.trim().slice(0, 60);
        findings.push(
          findingAt(sourceFile, lineStart + line.indexOf(line.trim()), {
            problem: `"${shown}" looks like a solution marker but is not one`,
            remedy: `write exactly "${beginMarker}" or "${endMarker}" as a line comment of its own, or reword the comment`,
          }),
        );
      }
      lineStart += line.length + 1;
    }
  }
  return { markers, findings };
}
