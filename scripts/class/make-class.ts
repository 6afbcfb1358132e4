import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { resultsBeside } from '../../batch/sources/results-apart.ts';
import { counted } from '../../grader/format/counted.ts';
import { UsageError } from '../../grader/format/errors.ts';
import { unzip } from '../../packaging/simulator/unzip.ts';
import { randomStream } from '../../reference/lib/random.ts';
import { EXAMPLE, FIXTURES, TEMPLATE } from '../../repository.ts';
import { inventPerson } from './people.ts';
import { inventSubmission, type Course } from './invent-submission.ts';
import { readFiles, readSolutions, type Files } from './solutions.ts';

/** As Gradescope numbers submissions: the first of the class. */
const FIRST_NUMBER = 260_000_000;
/** Everybody submits in the week before this. */
const DUE = Date.UTC(2026, 3, 24, 21, 59);
const WEEK_SECONDS = 7 * 86_400;

async function readCourse(): Promise<Course> {
  const folder = mkdtempSync(join(tmpdir(), 'introspection-class-'));
  try {
    await unzip(readFileSync(EXAMPLE), folder);
    return {
      whole: readFiles(folder),
      template: readFiles(TEMPLATE),
      solutions: readSolutions(join(FIXTURES, 'submissions')),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function write(folder: string, files: Files): void {
  for (const [path, content] of files) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
}

/** Writes an invented class as Gradescope exports one: the same for the same seed. */
export async function makeClass(options: { size: number; seed: number; out: string }): Promise<void> {
  const { size, seed } = options;
  const out = resolve(options.out);
  if (existsSync(out) && readdirSync(out).length > 0) {
    throw new UsageError(`${options.out} is not empty: name another folder with --out`);
  }
  mkdirSync(out, { recursive: true });
  const course = await readCourse();
  const metadata: Record<string, unknown> = {};
  for (let number = 0; number < size; number++) {
    const random = randomStream(`class ${seed}`).derive(number);
    const id = `submission_${FIRST_NUMBER + number}`;
    const { name, sid, email } = inventPerson(number, random);
    const at = new Date(DUE - 1000 * Math.floor(WEEK_SECONDS * random.uniform() ** 3));
    metadata[id] = {
      ':submitters': [{ ':name': name, ':sid': sid, ':email': email }],
      ':created_at': at,
      ':score': 0,
      ':status': 'processed',
    };
    write(join(out, id), inventSubmission(course, random));
  }
  writeFileSync(join(out, 'submission_metadata.yml'), stringify(metadata, { directives: true }));
  console.log(
    `${counted(size, 'submission')} in ${options.out}; grade ${size === 1 ? 'it' : 'them'} with npm run batch -- ${options.out} --out ${resultsBeside(options.out)}`,
  );
}
