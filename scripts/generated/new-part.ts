import { execa } from 'execa';
import { newPart } from '../../authoring/new-part/new-part.ts';
import { ROOT } from '../../repository.ts';

/** Writes a new part in the repository's format and says what comes next. @throws UsageError where its name will not do */
export async function writeNewPart(name: string): Promise<void> {
  const written = newPart({ root: ROOT, name });
  const formatted = written.filter((path) => path.endsWith('.ts') && !path.startsWith('fixtures/'));
  await execa('prettier', ['--write', '--log-level', 'warn', ...formatted], {
    cwd: ROOT,
    preferLocal: true,
    localDir: ROOT,
  });
  for (const path of written) console.log(path);
  console.log(`
npm run template && npm run fixtures -- --part ${name}   makes what students and the grader get of it
npm run test:corpus -- -t ${name}                        grades its wrong and right solutions
docs/instructors.md                                      says how to fill it in`);
}
