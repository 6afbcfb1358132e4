/** The networks that a course looks into: those that come with it, or one of its own. */
export type CourseNetworks = 'embedded' | 'own';

/** A line of a page that says for which networks the lines behind it hold. */
const MARKS: ReadonlyMap<string, CourseNetworks | 'any'> = new Map([
  ['<!-- on the embedded networks -->', 'embedded'],
  ["<!-- on a course's own network -->", 'own'],
  ['<!-- on any network -->', 'any'],
]);

const LIKE_A_MARK = /^\s*<!--\s*on\b/i;

/**
 * Keeps of a page the lines that hold for a course's networks, without the marks between them; where a passage is left
 * out between two blank lines, one of them stays.
 * @param page Markdown; a passage for some networks ends with the mark for any
 * @throws Error with the line of a mark that is misspelt, or of the last one where none for any network follows
 */
export function keepPassages(page: string, networks: CourseNetworks): string {
  const kept: string[] = [];
  let isAfterMark = false;
  let holdsFor: CourseNetworks | 'any' = 'any';
  let last = 0;
  for (const [i, line] of page.split('\n').entries()) {
    const mark = MARKS.get(line);
    if (mark !== undefined) {
      holdsFor = mark;
      isAfterMark = true;
      last = i + 1;
    } else if (LIKE_A_MARK.test(line)) {
      throw new Error(
        `line ${i + 1}: ${line.trim()} is no mark; the marks are ${[...MARKS.keys()].join(', ')}`,
      );
    } else if (holdsFor === 'any' || holdsFor === networks) {
      const isDoubled = isAfterMark && line === '' && kept.at(-1) === '';
      if (!isDoubled) kept.push(line);
      isAfterMark = false;
    }
  }
  if (holdsFor !== 'any') throw new Error(`line ${last}: no <!-- on any network --> ends this passage`);
  return kept.join('\n');
}
