import { counted } from '../../grader/format/counted.ts';
import { isToldFromInside, type Incident } from '../../grader/format/incident.ts';

const MOST = 10;

/**
 * Incidents of a part, those first that submitted code cannot make up; a line each.
 * @param reveal without, only how many: they name private cases, and students never see them
 */
export function incidentLines(
  { incidents }: { readonly incidents: readonly Incident[] },
  part: string,
  reveal: boolean,
): string[] {
  const own = incidents.filter((one) => one.part === part);
  if (own.length === 0) return [];
  if (!reveal) return [`${counted(own.length, 'incident')}, which --reveal shows`];
  const sorted = own.toSorted((a, b) => Number(isToldFromInside(a.kind)) - Number(isToldFromInside(b.kind)));
  const lines = sorted.slice(0, MOST).map(({ kind, what, case: id, call, count }) => {
    const where =
      id === undefined ? 'while it was loaded' : `in the case “${id}”${call ? `, call ${call}` : ''}`;
    const times = count === 1 ? '' : `, ${count} times`;
    const trust = isToldFromInside(kind) ? '; submitted code can make this up' : '';
    return `incident, ${kind}: ${what} ${where}${times}${trust}`;
  });
  return own.length > MOST ? [...lines, `and ${own.length - MOST} incidents more`] : lines;
}
