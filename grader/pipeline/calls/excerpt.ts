import { printable } from '../../format/printable.ts';
import type { CheckResult, Excerpt } from '../../report/grade-report.ts';

/** `folder/file.ts:12`, as messages name a place; the lookbehind keeps it from beginning inside of a path. */
const PLACE = /(?<![\w./-])([\w./-]{1,200}\.(?:ts|md)):(\d{1,6})\b/g;
const LINES_BEFORE = 2;
const LINES_AFTER = 1;
const LONGEST_LINE = 160;

/** The check with the lines around the first place in a submitted file that its message names, if it names one. */
export function withExcerpt(
  check: CheckResult,
  files: ReadonlyMap<string, Uint8Array> | undefined,
): CheckResult {
  if (check.outcome !== 'failed' || !files) return check;
  for (const text of check.message) {
    for (const [, path, line] of text.matchAll(PLACE)) {
      const bytes = files.get(path);
      const excerpt = bytes && excerptOf({ path, bytes, line: Number(line) });
      if (excerpt) return { ...check, excerpt };
    }
  }
  return check;
}

function excerptOf(place: { path: string; bytes: Uint8Array; line: number }): Excerpt | undefined {
  const { path, line } = place;
  const all = Buffer.from(place.bytes).toString('utf8').split(/\r?\n/);
  if (line < 1 || line > all.length) return undefined;
  const first = Math.max(1, line - LINES_BEFORE);
  const lines = all
    .slice(first - 1, line + LINES_AFTER)
    .map((text) => printable(text.replaceAll('\t', '  '), LONGEST_LINE));
  return { path, line, first, lines };
}
