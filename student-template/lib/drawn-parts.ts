/** `visualizers/Grad_CAM.ts` as `grad-cam`: neither folder nor extension nor case tells parts apart. */
function plain(text: string): string {
  const name = text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
  return name
    .replace(/\.[a-z]+$/i, '')
    .toLowerCase()
    .replaceAll('_', '-');
}

/** How many letters must be put in, left out or replaced to make one word of another (Levenshtein's distance). */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      next.push(Math.min(row[j + 1] + 1, next[j] + 1, row[j] + (letter === to[j] ? 0 : 1)));
    }
    row = next;
  }
  return row[to.length];
}

/** At most two letters in five wrong, and the nearest of all. */
function meant(name: string, known: readonly string[]): string | undefined {
  const [nearest] = known
    .map((one) => ({ one, share: edits(plain(name), one) / Math.max(name.length, one.length) }))
    .toSorted((a, b) => a.share - b.share);
  return nearest?.share <= 0.4 ? nearest.one : undefined;
}

/**
 * The part whose picture somebody asks for, by its name or by the name or path of the file that they write.
 *
 * @param options.drawn names of the parts that have a picture
 * @param options.submitted paths of the files that are submitted, those of parts without a picture among them
 * @throws Error for a part that has no picture, and for one that there is not, with the one that was probably meant
 */
export function drawnPart(
  name: string,
  { drawn, submitted }: { readonly drawn: readonly string[]; readonly submitted: readonly string[] },
): string {
  const found = drawn.find((part) => part === name) ?? drawn.find((part) => part === plain(name));
  if (found !== undefined) return found;
  const known = `Parts with a picture: ${drawn.join(', ')}`;
  const others = submitted.map(plain).filter((part) => !drawn.includes(part));
  if (others.includes(plain(name))) {
    throw new Error(
      `${plain(name)} has no picture; npm run check ${plain(name)} tells how it does. ${known}`,
    );
  }
  const suggestion = meant(name, [...drawn, ...others]);
  throw new Error(`There is no part ${name}${suggestion ? ` (did you mean ${suggestion}?)` : ''}. ${known}`);
}
