import { existsSync } from 'node:fs';
import { assignment } from '../../reference/assignment.ts';
import { TemplateError } from '../../authoring/template/findings.ts';
import { generateTemplate } from '../../authoring/template/generate.ts';
import { findDrift, writeGenerated, type Drift } from '../../authoring/template/generated-folder.ts';
import { unsavedIn } from '../../authoring/template/uncommitted.ts';
import { FindingError } from '../../grader/cli/exit-code.ts';
import { ROOT, TEMPLATE } from '../../repository.ts';

const NAME = 'student-template';

/** @throws FindingError where a source of the reference is not as it must be */
function generate(): ReturnType<typeof generateTemplate> {
  try {
    return generateTemplate({ root: ROOT, assignment });
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new FindingError(error.message, { cause: error });
  }
}

function describeDrift({ missing, changed, stale }: Drift): string[] {
  return [
    ...missing.map((path) => `${NAME}/${path}: missing`),
    ...changed.map((path) => `${NAME}/${path}: differs from what the reference generates`),
    ...stale.map((path) => `${NAME}/${path}: not generated from the reference`),
  ];
}

/** Writes the template; what that destroys and git holds no copy of is named on standard error first. */
export function writeTemplate(): void {
  const content = generate();
  if (existsSync(TEMPLATE)) {
    const { edited, untracked } = unsavedIn(TEMPLATE, findDrift(TEMPLATE, content));
    for (const path of edited) console.error(`${NAME}/${path}: not as it was committed last; replaced`);
    for (const path of untracked) console.error(`${NAME}/${path}: never committed; removed or replaced`);
  }
  const { missing, changed, stale } = writeGenerated(TEMPLATE, content);
  console.log(
    `${NAME}: ${content.size} files; ${missing.length} added, ${changed.length} changed, ${stale.length} removed`,
  );
}

/** @throws FindingError where the template is not what the reference generates now */
export function checkTemplate(): void {
  const content = generate();
  const drift = describeDrift(findDrift(TEMPLATE, content));
  for (const line of drift) console.log(line);
  if (drift.length > 0) throw new FindingError('run npm run template and commit the result');
  console.log(`${NAME}: all ${content.size} files are current`);
}
