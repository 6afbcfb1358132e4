/** Control characters, line and paragraph separators, marks that reorder or hide text, lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * Text from a submission, safe to show on a terminal and in a report: one line, every control and invisible
 * character as `\u{...}`, the middle left out beyond `maxLength` characters. HTML is not escaped.
 */
export function printable(text: string, maxLength = 120): string {
  // Cut before and after escaping, so that a megabyte of control characters costs nothing.
  const short = shorten(text, maxLength);
  const escaped = short.replace(
    UNPRINTABLE,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
  return shorten(escaped, maxLength);
}

function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const kept = maxLength - 1;
  const head = Math.ceil(kept / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (kept - head))}`;
}
