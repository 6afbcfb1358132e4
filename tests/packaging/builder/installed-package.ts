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
  /** `results.json` as it is now. @throws when it is missing or not valid */
  results(): GradescopeResults;
  remove(): void;
}

/** In a group of its own, so that a test can end it with all that came of it. */
const apart = { stdio: 'ignore', detached: true, reject: false } as const;

export async function installPackage(change: Partial<Settings> = {}): Promise<InstalledPackage> {
  const root = mkdtempSync(join(tmpdir(), 'introspection-package-'));
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
  return {
    root,
    selfTest,
    start(submission) {
      for (const name of ['submission', 'results']) {
        rmSync(join(root, name), { recursive: true, force: true });
      }
      cpSync(submission, join(root, 'submission'), { recursive: true });
      return execa('bash', [join(root, 'source', 'run_autograder')], {
        ...apart,
        cwd: root,
        extendEnv: false,
        env: { PATH: process.env.PATH, AUTOGRADER_ROOT: root },
      });
    },
    results() {
      const path = join(root, 'results', 'results.json');
      if (!existsSync(path)) throw new Error('there is no results.json');
      return gradescopeResults.parse(JSON.parse(readFileSync(path, 'utf8')));
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
