import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa, type ResultPromise } from 'execa';
import { gradescopeResults, type GradescopeResults } from '../../../grader/gradescope/results-schema.ts';
import { settings, type Settings } from '../../../grader/gradescope/settings.ts';
import { writeSelfTest, type SelfTestPlaces } from '../../../grader/self-test/write-self-test.ts';
import { packageContents } from '../../../packaging/builder/contents.ts';
import { ROOT } from '../../../repository.ts';

/** A package of the self-test's assignment as `setup.sh` leaves it, but for the packages, which are this project's. */
export interface InstalledPackage {
  readonly root: string;
  readonly selfTest: SelfTestPlaces;
  /** Lays out fresh folders and starts `run_autograder`. */
  start(submission: string): ResultPromise<typeof apart>;
  /** Does the same to its end by another command, which gets the command line of `run_autograder` as its arguments. */
  runBy(
    command: readonly string[],
    submission: string,
  ): Promise<{ exitCode: number | undefined; output: string }>;
  /** `results.json` as it is now. @throws when it is missing or not valid */
  results(): GradescopeResults;
  remove(): void;
}

/** In a group of its own, so that a test can end it with all that came of it. */
const apart = { stdio: 'ignore', detached: true, reject: false } as const;

/** @param place where its folder is made; default: the temporary directory */
export async function installPackage(
  change: Partial<Settings> = {},
  place = tmpdir(),
): Promise<InstalledPackage> {
  const root = mkdtempSync(join(place, 'introspection-package-'));
  const selfTest = writeSelfTest(join(root, 'self-test'));
  const files = await packageContents({
    fixtures: join(root, 'self-test'),
    template: selfTest.template,
    settings: settings.parse({ isolation: 'auto', timeFactor: 2, ...change }),
  });
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(root, 'source', path)), { recursive: true });
    writeFileSync(join(root, 'source', path), bytes);
  }
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'source', 'node_modules'));
  mkdirSync(join(root, 'node', 'bin'), { recursive: true });
  symlinkSync(process.execPath, join(root, 'node', 'bin', 'node'));
  chmodSync(root, 0o755);
  const autograder = ['bash', join(root, 'source', 'run_autograder')] as const;
  const surroundings = {
    cwd: root,
    extendEnv: false,
    env: { PATH: process.env.PATH, AUTOGRADER_ROOT: root },
  } as const;
  const layOut = (submission: string): void => {
    for (const name of ['submission', 'results']) {
      rmSync(join(root, name), { recursive: true, force: true });
    }
    cpSync(submission, join(root, 'submission'), { recursive: true });
  };
  return {
    root,
    selfTest,
    start(submission) {
      layOut(submission);
      const [file, ...args] = autograder;
      return execa(file, args, { ...apart, ...surroundings });
    },
    async runBy([file, ...args], submission) {
      layOut(submission);
      mkdirSync(join(root, 'results'), { mode: 0o777 });
      chmodSync(join(root, 'results'), 0o777);
      const { exitCode, all } = await execa(file, [...args, ...autograder], {
        ...surroundings,
        stdin: 'ignore',
        all: true,
        reject: false,
      });
      return { exitCode, output: all };
    },
    results() {
      const path = join(root, 'results', 'results.json');
      if (!existsSync(path)) throw new Error('there is no results.json');
      return gradescopeResults.parse(JSON.parse(readFileSync(path, 'utf8')));
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
