import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import yauzl from 'yauzl';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { GraderError, SubmissionError } from '../../grader/format/errors.ts';
import { GiB } from '../../grader/format/units.ts';
import { makePackage } from '../../packaging/builder/make-package.ts';
import { runInDocker } from '../../packaging/simulator/docker.ts';
import { asGradescope } from '../../packaging/simulator/harness.ts';
import { buildImage } from '../../packaging/simulator/image.ts';
import { staffPage, studentPage } from '../../packaging/simulator/page.ts';
import { runSubmission, type SubmissionRun } from '../../packaging/simulator/run-submission.ts';
import { sampleMetadata } from '../../packaging/simulator/sample-metadata.ts';
import { terminalViews } from '../../packaging/simulator/terminal-view.ts';
import type { CourseFolder } from '../../authoring/course/folder.ts';
import { courseAt } from '../options/course.ts';
import { plainErrorsAs } from '../plain-errors.ts';
import type { SimulateOptions } from './simulate-options.ts';

/** Of a first upload, in time. */
function defaultMetadata({ halves }: CourseFolder): string {
  const { title, parts } = loadAssignment(halves);
  const checks = parts.flatMap((part) => part.checks.map(({ check }) => check));
  const totalPoints = checks.reduce((sum, check) => sum + (check.bonus ? 0 : check.points), 0);
  return sampleMetadata({ title, totalPoints, now: new Date() });
}

async function run(submission: string, options: SimulateOptions): Promise<SubmissionRun> {
  const course = await courseAt(options.course);
  const zip = options.package ? readFileSync(options.package) : (await makePackage({}, course)).zip;
  const common = {
    submission,
    metadata: options.metadata ? readFileSync(options.metadata, 'utf8') : defaultMetadata(course),
    allowance: { cpu: options.cpu, memoryBytes: Math.round(options.memory * GiB) },
    timeoutSeconds: options.timeout * 60,
  };
  if (options.docker) return runInDocker({ zip, ...common });
  const onOutput = (text: string): void => void process.stderr.write(text);
  const nodePrefix = resolve(options.node);
  const image = await buildImage({ zip, nodePrefix, fresh: options.rebuild ?? false, onOutput });
  return runSubmission({ ...common, image, onOutput });
}

async function requireSubmission(path: string): Promise<void> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new SubmissionError(`There is no file or folder at ${path}.`);
  if (found.isDirectory()) return;
  const open = promisify<Buffer, yauzl.Options, yauzl.ZipFile>(yauzl.fromBuffer);
  await open(readFileSync(path), { lazyEntries: true }).catch((cause: unknown) => {
    throw new SubmissionError(`${path} is not a zip, or is damaged.`, { cause });
  });
}

/**
 * Does with a submission what Gradescope would, and writes the pages that students and staff would see.
 * @throws SubmissionError where there is neither a folder nor a zip
 * @throws GraderError where the autograder does not bring results
 */
export async function simulate(path: string, options: SimulateOptions): Promise<void> {
  const submission = resolve(path);
  await requireSubmission(submission);
  const ran = await plainErrorsAs(GraderError, () => run(submission, options));
  const record = asGradescope({ ...ran, timeoutSeconds: options.timeout * 60 });
  const facts = { ...ran, submission: relative(process.cwd(), submission), stdout: ran.output };
  mkdirSync(options.out, { recursive: true });
  const write = (name: string, text: string): void => writeFileSync(join(options.out, name), text);
  write('results.json', `${JSON.stringify(record.results, undefined, 2)}\n`);
  write('student.html', studentPage(record, options.moment));
  write('staff.html', staffPage(record, facts));
  console.log(terminalViews(record, facts, options.moment));
  console.log(`\nPages: ${join(options.out, 'student.html')}, ${join(options.out, 'staff.html')}`);
  if (record.autograderError) throw new GraderError(record.results.output ?? 'there are no results');
}
