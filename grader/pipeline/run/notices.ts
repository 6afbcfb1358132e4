import type { TypeReport } from '../../compile/type-check.ts';
import { printable } from '../../format/printable.ts';
import type { Notice } from '../../report/grade-report.ts';
import type { Deduction } from '../judging/apply-policy.ts';
import type { GradedPart } from '../grade-part.ts';
import type { RunFacts } from './run-facts.ts';

const MAX_NOTICES_OF_A_KIND = 10;
/** The compiler quotes names and types as they are, however long. */
const MAX_TYPE_MESSAGE = 400;

/** One notice for each item, up to a limit, and how many more there are. */
function listed<T>(
  severity: Notice['severity'],
  items: readonly T[],
  text: (item: T) => string,
): readonly Notice[] {
  const named = items.slice(0, MAX_NOTICES_OF_A_KIND).map((item): Notice => ({ severity, text: text(item) }));
  const more = items.length - MAX_NOTICES_OF_A_KIND;
  return more > 0 ? [...named, { severity, text: `… and ${more} more of this kind` }] : named;
}

/** What came with the submission, what was left out of it, and what is not there. */
export function aboutFiles({ assignment, ingested, staged }: RunFacts): Notice[] {
  const wanted = assignment.parts.flatMap((part) => part.solutionFiles.map(({ path }) => path));
  const notTaken = ({ path, why }: { path: string; why: string }): string => `${path} was not taken: ${why}`;
  const missing = (staged?.missing ?? []).filter((path) => wanted.includes(path));
  return [
    ...listed('warning', ingested?.refused ?? [], notTaken),
    ...listed('info', ingested?.ignored ?? [], ({ name, count }) => `Left out: ${count} × ${name}`),
    ...listed('info', [...(ingested?.notes ?? []), ...(staged?.notes ?? [])], (note) => note),
    ...listed('warning', staged?.refused ?? [], notTaken),
    ...listed(
      'warning',
      missing,
      (path) => `${path} is not in the submission; its functions count as not attempted`,
    ),
  ];
}

/** That the checks at home were not these. */
export function aboutKit({ otherKit }: RunFacts): Notice[] {
  if (!otherKit) return [];
  const { packedWith, current } = otherKit;
  const text = `This was checked and packed with another version of the kit (${packedWith}; the current one is ${current}): checks at home may have said something else. Get the current kit and copy your files into it; no points are lost for this.`;
  return [{ severity: 'info', text }];
}

/** What reading the code brought to light. */
export function aboutSources({ review }: RunFacts): Notice[] {
  if (!review) return [];
  const asItIs = (text: string): string => text;
  return [...listed('warning', review.prints, asItIs), ...listed('info', review.remarks, asItIs)];
}

/** So that a number of bytes carries no message: to one digit. */
function roughSize(bytes: number): string {
  if (bytes < 1000) return 'less than 1 kB';
  const [size, unit] = bytes < 1e6 ? [bytes / 1e3, 'kB'] : [bytes / 1e6, 'MB'];
  return `about ${Number(size.toPrecision(1))} ${unit}`;
}

/** What a part printed while it ran, and what the course's rules take off its points. */
export function aboutPart({ part, printed }: GradedPart, deductions: readonly Deduction[]): Notice[] {
  const what = `${part.title}: your code printed ${roughSize(printed.bytes)} while it was graded; remove leftover prints`;
  return [
    ...listed('warning', printed.bytes > 0 ? [what] : [], (text) => text),
    ...listed('warning', deductions, ({ why }) => why),
  ];
}

/** Of two types of one name the compiler says where each is declared, which is a path that helps nobody. */
const withoutPlaces = (message: string): string => message.replaceAll(/import\("[^"]*"\)\./g, '');

/** What computed, where that is not what one might think. Why is for staff. */
export function aboutBackend({ backendNotes }: RunFacts): Notice[] {
  return (backendNotes ?? []).map(({ note }) => ({ severity: 'info', text: note }));
}

export function aboutTypes(types: TypeReport | undefined): readonly Notice[] {
  if (!types) return [];
  if (types.state === 'unavailable') {
    return [{ severity: 'info', text: `The types were not checked: ${types.why}.` }];
  }
  return listed(
    'info',
    types.problems,
    ({ file, line, column, message }) =>
      `TypeScript: ${file}:${line}:${column}: ${printable(withoutPlaces(message), MAX_TYPE_MESSAGE)}`,
  );
}
