/** What systems and browsers put behind the name of a second copy, before its ending. */
const COPY_MARK = /(?: ?\(\d{1,3}\)| \d{1,2}| - copy(?: \(\d{1,3}\))?| copy(?: \d{1,3})?)$/i;

/**
 * The path of which this one is a copy by its name: `notes.md` for `notes (1).md`, `notes - Copy.md`, `notes copy 2.md`,
 * `notes 2.md`, and `notes.md.txt` of an editor that knows better. Undefined where the name has no such mark.
 */
export function withoutCopyMark(path: string): string | undefined {
  if (/\.\w+\.txt$/i.test(path)) return path.slice(0, -'.txt'.length);
  const dot = path.lastIndexOf('.');
  const stem = path.slice(0, dot);
  const mark = dot < 0 ? undefined : COPY_MARK.exec(stem)?.[0];
  return mark === undefined ? undefined : stem.slice(0, -mark.length) + path.slice(dot);
}
