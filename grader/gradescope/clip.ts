/** Below Gradescope's own limit, so that what is cut is the end and not the middle. */
export const MAX_TEXT = 90_000;

/** A text without NUL, at most so many characters long, an ellipsis at its end where something was cut. */
export function clip(text: string, most = MAX_TEXT): string {
  const whole = wellFormed(text.replaceAll('\0', ''));
  if (whole.length <= most) return whole;
  const end = '\n… (cut)';
  return wellFormed(whole.slice(0, most - end.length)) + end;
}

/** Half a character, as cutting or untrusted code may leave it, is no valid UTF-8. */
function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
