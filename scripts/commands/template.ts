import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { assignment } from '../../reference/assignment.ts';
import { TemplateError } from '../../authoring/template/findings.ts';
import { generateTemplate } from '../../authoring/template/generate.ts';
import { findDrift, writeGenerated, type Drift } from '../../authoring/template/generated-folder.ts';

const root = resolve(import.meta.dirname, '../..');
const directory = 'student-template';

function describeDrift({ missing, changed, stale }: Drift): string[] {
  return [
    ...missing.map((path) => `${directory}/${path}: missing`),
    ...changed.map((path) => `${directory}/${path}: differs from what the reference generates`),
    ...stale.map((path) => `${directory}/${path}: not generated from the reference`),
  ];
}

function run(check: boolean): number {
  const content = generateTemplate({ root, assignment });
  if (!check) {
    const { missing, changed, stale } = writeGenerated(resolve(root, directory), content);
    console.log(
      `${directory}: ${content.size} files; ${missing.length} added, ${changed.length} changed, ${stale.length} removed`,
    );
    return 0;
  }
  const drift = describeDrift(findDrift(resolve(root, directory), content));
  if (drift.length === 0) console.log(`${directory}: all ${content.size} files are current`);
  else console.error([...drift, 'Run npm run template and commit the result.'].join('\n'));
  return drift.length === 0 ? 0 : 1;
}

try {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  process.exitCode = run(values.check);
} catch (error) {
  if (error instanceof TemplateError) {
    console.error(error.message);
    process.exitCode = 1;
  } else if (
    error instanceof TypeError &&
    'code' in error &&
    String(error.code).startsWith('ERR_PARSE_ARGS')
  ) {
    console.error(`${error.message}\nUsage: npm run template [-- --check]`);
    process.exitCode = 2;
  } else throw error;
}
