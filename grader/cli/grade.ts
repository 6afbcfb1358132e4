import { Command, InvalidArgumentError, Option } from 'commander';
import { join, resolve } from 'node:path';
import { backendNames } from '../tensorflow/backend-report.ts';
import { GraderError } from '../format/errors.ts';
import { grade } from '../pipeline/grade.ts';
import type { GradeReport } from '../report/grade-report.ts';
import { toGradescope } from '../gradescope/results.ts';
import { toHtml } from '../report/html.ts';
import { toJson } from '../report/json.ts';
import { toTerminal } from '../report/terminal.ts';
import { writeAtomically } from '../format/write-atomically.ts';
import { ISOLATIONS, type Isolation } from '../sandbox/launch.ts';

/** Exit codes: a graded submission is a success whatever its score. */
const EXIT = { graded: 0, refused: 1, usage: 2, fault: 3 } as const;

const FORMATS = ['terminal', 'json', 'gradescope'] as const;

interface Options {
  readonly assignment: string[];
  readonly template: string;
  readonly example: string;
  readonly part?: string[];
  readonly backend: string;
  readonly threads?: number | 'auto';
  readonly jobs?: number;
  readonly timeFactor: number;
  readonly isolation: Isolation;
  readonly results: string;
  readonly format: (typeof FORMATS)[number];
}

function positive(text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new InvalidArgumentError('It must be a number above 0.');
  return number;
}

function count(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('It must be a whole number above 0.');
  return Number(text);
}

const program = new Command('grade')
  .description('Grade a submission: a zip made by the collect script, or a folder.')
  .argument('[submission]', 'zip or folder (default: the bundled example)')
  .requiredOption('--assignment <directory...>', 'halves of the compiled assignment')
  .requiredOption('--template <directory>', 'the pristine student template')
  .requiredOption('--example <path>', 'the submission to grade when none is named')
  .option('--part <id...>', 'grade these parts only')
  .addOption(
    new Option('--backend <name>', 'what computes').choices(['auto', ...backendNames]).default('wasm'),
  )
  .option(
    '--threads <n>',
    'threads of the WASM backend, or auto (default: for a single part all free cores but one, up to 4; else 1)',
    (text) => (text === 'auto' ? text : count(text)),
  )
  .option('--jobs <n>', 'parts graded at the same time', count)
  .option('--time-factor <x>', 'stretch every time limit', positive, 1)
  .addOption(
    new Option('--isolation <mode>', 'how submitted code is kept in; practice: not at all, public half only')
      .choices(ISOLATIONS)
      .default('auto'),
  )
  .option('--results <directory>', 'where results.json and report.json go', 'results')
  .addOption(new Option('--format <name>', 'what is printed').choices(FORMATS).default('terminal'))
  .exitOverride((error) => process.exit(error.exitCode === 0 ? EXIT.graded : EXIT.usage))
  .parse();

const options = program.opts<Options>();
const submission = program.args[0] ?? options.example;

function render(report: GradeReport): string {
  if (options.format === 'json') return toJson(report);
  if (options.format === 'gradescope') return JSON.stringify(toGradescope(report), undefined, 2);
  return toTerminal(report, { colour: process.stdout.isTTY });
}

function save(report: GradeReport): void {
  writeAtomically(join(options.results, 'results.json'), JSON.stringify(toGradescope(report)));
  writeAtomically(join(options.results, 'report.json'), toJson(report));
  writeAtomically(join(options.results, 'report.html'), toHtml(report));
}

function exitCodeOf(report: GradeReport): number {
  if (report.state === 'refused') return EXIT.refused;
  const checks = report.parts.flatMap((part) => part.checks);
  return checks.every((check) => check.outcome === 'errored') ? EXIT.fault : EXIT.graded;
}

let graded = 0;
try {
  const report = await grade({
    submission: resolve(submission),
    assignment: options.assignment.map((directory) => resolve(directory)),
    template: resolve(options.template),
    dependencies: resolve('.'),
    backend: options.backend,
    ...(options.threads === undefined ? {} : { threads: options.threads }),
    ...(options.jobs === undefined ? {} : { jobs: options.jobs }),
    timeFactor: options.timeFactor,
    isolation: options.isolation,
    ...(options.part ? { parts: options.part } : {}),
    onUpdate: (update) => {
      save(update);
      const done = update.parts.filter((part) => part.state === 'graded');
      if (update.state === 'running' && done.length > graded)
        console.error(`graded ${done.length} of ${update.parts.length} parts`);
      graded = done.length;
    },
    onTrouble: (message) => console.error(`grader: ${message}`),
  });
  console.log(render(report));
  process.exitCode = exitCodeOf(report);
} catch (error) {
  if (error instanceof RangeError) {
    console.error(`grade: ${error.message}`);
    process.exitCode = EXIT.usage;
  } else {
    const known = error instanceof GraderError;
    console.error(known ? `grade: ${error.message}` : error);
    if (known && error.cause) console.error(error.cause);
    process.exitCode = EXIT.fault;
  }
}
