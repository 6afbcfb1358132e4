import { counted } from '../../../grader/format/counted.ts';
import { isToldFromInside } from '../../../grader/format/incident.ts';
import { markup, type Markup } from '../../../grader/report/page/markup.ts';
import type { GradedSubmission } from '../class-result.ts';
import { link, table } from './elements.ts';

/** Of one submission. */
const MOST_INCIDENTS = 5;

/** What right code never brings about, by submission: those first where most was observed from outside. */
export function incidents(graded: readonly GradedSubmission[]): Markup | undefined {
  const sum = (all: readonly { readonly count: number }[]): number =>
    all.reduce((n, { count }) => n + count, 0);
  const found = graded
    .flatMap(({ submitted, report }) => {
      const all = report?.incidents ?? [];
      if (all.length === 0) return [];
      const sure = all.filter(({ kind }) => !isToldFromInside(kind));
      return [{ id: submitted.id, all: [...sure, ...all.filter((one) => !sure.includes(one))], sure }];
    })
    .toSorted((a, b) => sum(b.sure) - sum(a.sure) || sum(b.all) - sum(a.all));
  if (found.length === 0) return undefined;
  const rows = found.map(({ id, all, sure }) => {
    const lines = all
      .slice(0, MOST_INCIDENTS)
      .map(
        ({ kind, what, part, count }) =>
          markup`<li>${part}, ${kind}: ${what}${count > 1 ? ` (${count} times)` : ''}</li>`,
      );
    const more = all.length - lines.length;
    const rest = more > 0 ? markup`<li>and ${more} more</li>` : '';
    return markup`<tr><td>${link(id)}</td><td class="number" data-value="${sum(sure)}">${sum(sure)}</td><td class="number" data-value="${sum(all)}">${sum(all)}</td><td><ul>${lines}${rest}</ul></td></tr>`;
  });
  return markup`<section aria-labelledby="incidents"><h2 id="incidents">Incidents</h2><p>What right code never brings about, in ${counted(found.length, 'submission')}. No points change by it: look at the code. What was told from inside, submitted code can make up.</p>${table('incidents', ['submission', 'observed from outside', 'in all', 'what'], rows)}</section>`;
}

/** Checks that ended in different ways when a submission was graded several times. */
export function flakyChecks(graded: readonly GradedSubmission[]): Markup | undefined {
  const repeated = graded.filter(({ entry }) => entry.runs > 1);
  if (repeated.length === 0) return undefined;
  const byCheck = new Map<string, string[]>();
  for (const { submitted, entry } of repeated) {
    for (const check of entry.flaky) byCheck.set(check, [...(byCheck.get(check) ?? []), submitted.id]);
  }
  const about = `${counted(repeated.length, 'submission')} graded several times.`;
  if (byCheck.size === 0) {
    return markup`<section aria-labelledby="flaky"><h2 id="flaky">Flaky checks</h2><p>${about} Every check ended the same way each time.</p></section>`;
  }
  const rows = [...byCheck]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(
      ([check, ids]) =>
        markup`<tr><td>${check}</td><td class="number" data-value="${ids.length}">${ids.length}</td><td>${ids.map((id) => markup`${link(id)} `)}</td></tr>`,
    );
  return markup`<section aria-labelledby="flaky"><h2 id="flaky">Flaky checks</h2><p>${about} These did not end the same way each time; the first time counts.</p>${table('flaky checks', ['check', 'submissions', 'which'], rows)}</section>`;
}
