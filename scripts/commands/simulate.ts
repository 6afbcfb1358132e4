import { Command, InvalidArgumentError, Option } from 'commander';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { makePackage } from '../../packaging/builder/make-package.ts';
import { FIXTURES } from '../../repository.ts';
import { runInDocker } from '../../packaging/simulator/docker.ts';
import { asGradescope, type Moment } from '../../packaging/simulator/harness.ts';
import { buildImage } from '../../packaging/simulator/image.ts';
import { staffPage, studentPage } from '../../packaging/simulator/page.ts';
import { runSubmission } from '../../packaging/simulator/run-submission.ts';
import { sampleMetadata } from '../../packaging/simulator/sample-metadata.ts';
import { terminalViews } from '../../packaging/simulator/terminal-view.ts';
import { GiB } from '../../grader/format/units.ts';

interface Options {
  readonly metadata?: string;
  readonly cpu: number;
  readonly memory: number;
  readonly timeout: number;
  readonly moment: Moment;
  readonly package?: string;
  readonly node: string;
  readonly rebuild?: boolean;
  readonly docker?: boolean;
  readonly out: string;
}

function positive(text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new InvalidArgumentError('It must be a number above 0.');
  return number;
}

const program = new Command('simulate')
  .description(
    'What Gradescope would do with a submission: the real setup.sh and run_autograder, without Docker.',
  )
  .argument('<submission>', 'a zip as students upload it, or a folder')
  .option('--metadata <file>', 'submission_metadata.json (default: a first upload, in time)')
  .option('--cpu <processors>', 'processors of the container', positive, 0.5)
  .option('--memory <GiB>', 'memory of the container', positive, 0.75)
  .option('--timeout <minutes>', "Gradescope's time limit", positive, 10)
  .addOption(
    new Option('--moment <when>', 'how far the course is')
      .choices(['before-due-date', 'after-due-date', 'published'])
      .default('before-due-date'),
  )
  .option('--package <zip>', 'an autograder.zip (default: made now)')
  .option(
    '--node <directory>',
    'the Node.js of the image, a folder with bin/node',
    dirname(dirname(process.execPath)),
  )
  .option('--rebuild', 'run setup.sh even if this package has an image')
  .option('--docker', "in Gradescope's own base image")
  .option('--out <directory>', 'where the pages and results.json go', 'results/simulate')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .parse();

const options = program.opts<Options>();
const submission = resolve(program.args[0]);
for (const path of [submission, options.metadata, options.package]) {
  if (path && !existsSync(path)) program.error(`${path} is not there`, { exitCode: 2 });
}

function defaultMetadata(): string {
  const { title, parts } = loadAssignment(['public', 'private'].map((half) => join(FIXTURES, half)));
  const checks = parts.flatMap((part) => part.checks.map(({ check }) => check));
  const totalPoints = checks.reduce((sum, check) => sum + (check.bonus ? 0 : check.points), 0);
  return sampleMetadata({ title, totalPoints, now: new Date() });
}

try {
  const zip = options.package ? readFileSync(options.package) : (await makePackage()).zip;
  const common = {
    submission,
    metadata: options.metadata ? readFileSync(options.metadata, 'utf8') : defaultMetadata(),
    allowance: { cpu: options.cpu, memoryBytes: Math.round(options.memory * GiB) },
    timeoutSeconds: options.timeout * 60,
  };
  const onOutput = (text: string): void => void process.stderr.write(text);
  const run = options.docker
    ? await runInDocker({ zip, ...common })
    : await runSubmission({
        ...common,
        image: await buildImage({
          zip,
          nodePrefix: resolve(options.node),
          fresh: options.rebuild ?? false,
          onOutput,
        }),
        onOutput,
      });
  const record = asGradescope({ ...run, timeoutSeconds: common.timeoutSeconds });
  const facts = { ...run, submission: relative(process.cwd(), submission), stdout: run.output };
  mkdirSync(options.out, { recursive: true });
  const write = (name: string, text: string): void => writeFileSync(join(options.out, name), text);
  write('results.json', `${JSON.stringify(record.results, undefined, 2)}\n`);
  write('student.html', studentPage(record, options.moment));
  write('staff.html', staffPage(record, facts));
  console.log(terminalViews(record, facts, options.moment));
  console.log(`\nPages: ${join(options.out, 'student.html')}, ${join(options.out, 'staff.html')}`);
  process.exitCode = record.autograderError ? 3 : 0;
} catch (error) {
  console.error(`simulate: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 3;
}
