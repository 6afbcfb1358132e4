import { assignment } from '../../reference/assignment.ts';
import { TemplateError } from '../../authoring/template/findings.ts';
import { generateTemplate } from '../../authoring/template/generate.ts';
import { findDrift, writeGenerated, type Drift } from '../../authoring/template/generated-folder.ts';
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

export function writeTemplate(): void {
  const content = generate();
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
