import { counted } from '../../../grader/format/counted.ts';
import { markup, type Markup } from '../../../grader/report/page/markup.ts';
import { statusIcon } from '../../../grader/report/page/status.ts';
import { METADATA } from '../../sources/gradescope-export.ts';
import { isOurs, isRefused, whyRefused, type GradedSubmission } from '../class-result.ts';
import { link } from './elements.ts';

/** What failed through us: no score is to be trusted before it is graded again. */
export function oursFirst(graded: readonly GradedSubmission[]): Markup | undefined {
  const ours = graded.filter(isOurs);
  if (ours.length === 0) return undefined;
  const rows = ours.map(
    (one) =>
      markup`<li>${statusIcon('errored')}${one.report ? link(one.submitted.id) : one.submitted.id}: ${one.entry.troubles[0] ?? `${counted(one.entry.errored, 'check')} could not be judged`}</li>`,
  );
  return markup`<section class="ours" aria-labelledby="ours"><h2 id="ours">Through no fault of theirs</h2><p>These have no score to trust yet. Run the same command again once the cause is gone: it grades these and nothing else.</p><ul>${rows}</ul></section>`;
}

/** What could not be graded as it was submitted: somebody has to look before zeros are published. */
export function refusals(graded: readonly GradedSubmission[]): Markup | undefined {
  const refused = graded.filter(isRefused);
  if (refused.length === 0) return undefined;
  const rows = refused.map(
    (one) => markup`<li>${statusIcon('failed')}${link(one.submitted.id)}: ${whyRefused(one)}</li>`,
  );
  return markup`<section aria-labelledby="refused"><h2 id="refused">Refused</h2><p>These could not be graded as they were submitted, and have 0 points in the grades. Scores, checks and times below are without them.</p><ul>${rows}</ul></section>`;
}

/** Why no check found work in a submission. */
function whyEmpty({ report }: GradedSubmission): string {
  const { files = 0, untouched = false } = report?.submission ?? {};
  if (files === 0) return report?.notices?.[0]?.text ?? 'it holds no file of the assignment';
  const its = files === 1 ? 'its one file is' : `its ${files} files are`;
  return untouched ? `${its} as in the template` : `${its} without any work that a check looks for`;
}

/** What looks like a folder too many, or a wrong file. */
export function untried(empty: readonly GradedSubmission[]): Markup | undefined {
  if (empty.length === 0) return undefined;
  const rows = empty.map((one) => markup`<li>${link(one.submitted.id)}: ${whyEmpty(one)}</li>`);
  return markup`<section aria-labelledby="untried"><h2 id="untried">Nothing to grade found</h2><p>No check found work to judge in these. Look at them before zeros are published: a folder too many in a zip, or a wrong file, looks like that. Scores, checks and times below are without them.</p><ul>${rows}</ul></section>`;
}

/** Whose work is not known: rows of the grades that no school finds anybody by. */
export function withoutName(graded: readonly GradedSubmission[]): Markup | undefined {
  const unnamed = graded.filter(({ submitted }) => submitted.unnamed);
  if (unnamed.length === 0) return undefined;
  const rows = unnamed.map(
    (one) => markup`<li>${one.report ? link(one.submitted.id) : one.submitted.id}</li>`,
  );
  return markup`<section aria-labelledby="unnamed"><h2 id="unnamed">Without a name</h2><p>${METADATA} names nobody for these. Their rows in grades.csv have an id in the place of a name, and no number, and those to upload are without them: export again, or enter these grades by hand.</p><ul>${rows}</ul></section>`;
}
