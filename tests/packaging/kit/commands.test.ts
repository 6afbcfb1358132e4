import { execa } from 'execa';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { filesBelow } from '../../../grader/format/files-below.ts';
import { FIXTURES } from '../../../repository.ts';
import { courseKit, layOutKit, npmRun } from './laid-out-kit.ts';
import { unzipped } from './unzipped.ts';

const TV_LOSS = 'style-modules/tv-loss.ts';
const CONTENT_LOSS = 'style-modules/content-loss.ts';
const reference = join(FIXTURES, 'submissions/should-pass/reference');
const solved = readFileSync(join(reference, TV_LOSS), 'utf8');

let folder: string;
let stub: string;

const write = (path: string, text: string): void => writeFileSync(join(folder, path), text);

beforeAll(async () => {
  folder = await layOutKit();
  stub = readFileSync(join(folder, TV_LOSS), 'utf8');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('npm run check in the kit', () => {
  it('says of a part that was not begun what to read and write, and ends with 0', async () => {
    const { stdout, exitCode } = await npmRun(folder, 'check', 'tv-loss');
    expect(stdout).toContain('○ tvLoss gives 22 on the example worked out in the handout  0/0.5');
    expect(stdout).toMatch(/\+ 7 private checks on Gradescope, on inputs that are not shown {2}3 points:/);
    expect(stdout).toContain('Next: read handouts/tv-loss.md and write style-modules/tv-loss.ts, then');
    expect(exitCode).toBe(0);
  });

  it('gives a right solution its points, whatever of the names it is called by', async () => {
    write(TV_LOSS, solved);
    for (const name of ['tv-loss', './style-modules/tv-loss.ts', 'style-modules\\tv-loss.ts']) {
      const { stdout, exitCode } = await npmRun(folder, 'check', name);
      expect(stdout).toContain('Public points 3 of 3');
      expect(exitCode).toBe(0);
    }
  });

  it('says of a wrong one what was expected and what came, and ends with 1', async () => {
    write(TV_LOSS, solved.replace('mul<tf.Scalar>(weight)', 'mul<tf.Scalar>(weight * 2)'));
    const { stdout, exitCode } = await npmRun(folder, 'check', 'tv-loss');
    expect(stdout).toMatch(/✗ tvLoss gives 22 .*\n.*expected 22, received 44 \(x2\.00\)/);
    expect(stdout).toMatch(/Next: fix “tvLoss gives 22 on .*” in style-modules\/tv-loss\.ts/);
    expect(exitCode).toBe(1);
  });

  it('puts what keeps the code from running before what it gives', async () => {
    write(TV_LOSS, `${solved}\nconst x = (;\n`);
    const broken = await npmRun(folder, 'check', 'tv-loss');
    expect(broken.stdout).toMatch(
      /Next: fix the error at style-modules\/tv-loss\.ts:\d+:12: Expression expected, then/,
    );
    write(TV_LOSS, solved.replace('function tvLoss', 'function tvLos'));
    const renamed = await npmRun(folder, 'check', 'tv-loss');
    expect(renamed.stdout).toContain(
      'Next: export the function tvLoss from style-modules/tv-loss.ts, by this',
    );
    rmSync(join(folder, TV_LOSS));
    write('style-modules/tv_loss.ts', solved);
    const moved = await npmRun(folder, 'check', 'tv-loss');
    rmSync(join(folder, 'style-modules/tv_loss.ts'));
    expect(moved.stdout).toContain(
      'Next: rename style-modules/tv_loss.ts to style-modules/tv-loss.ts, then npm',
    );
  });

  it('names a type error after the verdicts, and takes nothing off for it', async () => {
    write(TV_LOSS, `${solved}\nexport const wrong: number = 'text';\n`);
    const { stdout, exitCode } = await npmRun(folder, 'check', 'tv-loss');
    expect(stdout).toMatch(/Next: .*\nTypeScript: style-modules\/tv-loss\.ts:\d+:\d+: TS2322/);
    expect(exitCode).toBe(0);
  });

  it('says that an import will not be accepted, which passes every other command', async () => {
    write(TV_LOSS, `import { fileURLToPath } from 'node:url';\n${solved}`);
    const { stdout, exitCode } = await npmRun(folder, 'check', 'tv-loss');
    expect(stdout).toMatch(/style-modules\/tv-loss\.ts:1:\d+: .*node:url/);
    expect(exitCode).toBe(1);
  });

  it('says which given file is edited, and that the original one is what counts', async () => {
    write(TV_LOSS, solved);
    const given = readFileSync(join(folder, 'lib/gradient.ts'), 'utf8');
    write('lib/gradient.ts', `${given}// mine\n`);
    write('try.ts', 'console.log(1);\n');
    const { stdout, exitCode } = await npmRun(folder, 'check', 'tv-loss');
    write('lib/gradient.ts', given);
    rmSync(join(folder, 'try.ts'));
    expect(stdout).toMatch(
      /Warning: lib\/gradient\.ts was not taken: it differs from the original, which the checks and the grading use/,
    );
    expect(String(stdout).match(/Warning:/g)).toHaveLength(1);
    expect(exitCode).toBe(0);
  });

  it('corrects a name that is nearly right, with exit code 2', async () => {
    const { stderr, exitCode } = await npmRun(folder, 'check', 'tv-los');
    expect(stderr).toContain('there is no part tv-los (did you mean tv-loss?)');
    expect(exitCode).toBe(2);
    expect((await npmRun(folder, 'check', 'quiz')).stdout).toContain('Quiz');
  });

  it('runs a part in its own process for a debugger', async () => {
    write(TV_LOSS, solved.replace('mul<tf.Scalar>(weight)', 'mul<tf.Scalar>(weight * process.ppid)'));
    const { stdout, exitCode } = await npmRun(folder, 'check', '--', '--inspect', 'tv-loss');
    expect(stdout).toContain('Total variation loss, in this process, without time limits');
    expect(stdout).toContain('✗ tvLoss gives 22');
    expect(exitCode).toBe(1);
  });

  it('leaves nothing in the temporary folder', async () => {
    const own = mkdtempSync(join(tmpdir(), 'introspection-kit-temporary-'));
    const env = { TMPDIR: own, TEMP: own, TMP: own };
    const { exitCode } = await execa('npm', ['run', 'check', 'content-loss'], { cwd: folder, env });
    const left = readdirSync(own).filter((name) => name.startsWith('introspection-grader-'));
    rmSync(own, { recursive: true, force: true });
    expect([exitCode, left]).toEqual([0, []]);
  });
});

describe('npm test in the kit', () => {
  it('has a test for each check, with the message of one that fails', async () => {
    write(TV_LOSS, solved.replace('mul<tf.Scalar>(weight)', 'mul<tf.Scalar>(weight * 2)'));
    const { stdout, exitCode } = await npmRun(folder, 'test', '--', '-t', 'tv-loss', '--reporter', 'json');
    const { testResults } = JSON.parse(String(stdout)) as {
      testResults: { assertionResults: { status: string; title: string; failureMessages: string[] }[] }[];
    };
    const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
    const failed = tests.filter(({ status }) => status === 'failed');
    expect(failed.map(({ title }) => title)).toContain(
      'tvLoss gives 22 on the example worked out in the handout',
    );
    expect(failed[0].failureMessages[0]).toContain('expected 22, received 44');
    expect(tests.filter(({ status }) => status === 'passed').length).toBeGreaterThan(0);
    expect(exitCode).toBe(1);
  });
});

describe('an option without a -- before it, which npm keeps for itself', () => {
  it.each([
    ['check', '--watch'],
    ['collect', '--strict'],
  ])('is not left out without a word: npm run %s %s', async (command, option) => {
    const { stdout, stderr, exitCode } = await npmRun(folder, command, option);
    expect(stdout).toBe('');
    expect(stderr).toContain(
      `npm took ${option} for its own; options come after a --: npm run ${command} -- ${option}`,
    );
    expect(exitCode).toBe(2);
  });
});

describe('npm run visualize in the kit', () => {
  it('explains an error of TensorFlow.js as the checks do, with the line', async () => {
    const path = 'visualizers/saliency-map.ts';
    const before = readFileSync(join(folder, path), 'utf8');
    write(
      path,
      before.replace(/ {2}throw new NotImplementedError.*/, '  return images.matMul(images.flatten());'),
    );
    const { stderr, exitCode } = await npmRun(folder, 'visualize', 'saliency-map');
    write(path, before);
    expect(stderr).toMatch(/saliency-map: failed\nError: .*matMul.* \(visualizers\/saliency-map\.ts:\d+\)\n/);
    expect(stderr).toContain('a.matMul(b) needs as many columns in a as there are rows in b');
    expect(exitCode).toBe(1);
  });
});

describe('a command of the kit that is told to end', () => {
  it('ends the program that it has started', async () => {
    const path = 'visualizers/saliency-map.ts';
    const before = readFileSync(join(folder, path), 'utf8');
    write(
      path,
      before.replace(
        / {2}throw new NotImplementedError.*/,
        '  console.log(`I am ${process.pid}.`);\n  for (;;);',
      ),
    );
    const command = execa(process.execPath, ['kit.mjs', 'visualize', 'saliency-map'], {
      cwd: folder,
      reject: false,
    });
    const pid = await new Promise<number>((resolve) => {
      command.stdout.on('data', (chunk: Buffer) => {
        const [, said] = /I am (\d+)\./.exec(chunk.toString()) ?? [];
        if (said !== undefined) resolve(Number(said));
      });
    });
    command.kill('SIGTERM');
    await command;
    write(path, before);
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), 10_000);
  });
});

describe('npm run collect in the kit', () => {
  it('names all that the grader will object to, and packs nothing with --strict', async () => {
    write(TV_LOSS, `import 'node:url';\nconsole.log(1);\n${solved}`);
    const contentLoss = readFileSync(join(folder, CONTENT_LOSS), 'utf8');
    write(CONTENT_LOSS, `${contentLoss}\nexport const wrong: number = 'text';\n`);
    write('visualizers/mine.ts', 'export const mine = 1;\n');
    write('lib/random.ts', 'export {};\n');
    rmSync(join(folder, 'lib/scores.ts'));
    const { stdout, stderr, exitCode } = await npmRun(folder, 'collect', '--', '--strict');
    for (const expected of [
      /style-modules\/tv-loss\.ts:1: .*node:url/,
      /style-modules\/tv-loss\.ts:2: .*console\.log/,
      /lib\/random\.ts: differs from the template/,
      /lib\/scores\.ts: missing; your work is graded with the original/,
      /visualizers\/mine\.ts: not part of a submission, so it is not sent; move its code into your files/,
      /TypeScript: style-modules\/content-loss\.ts:\d+:\d+: TS2322/,
      /gramMatrix is not implemented yet/,
    ]) {
      expect(stdout).toMatch(expected);
    }
    expect(stderr).toContain('Nothing was packed. Fix what was found above and run npm run collect again.');
    expect(exitCode).toBe(1);
    expect(existsSync(join(folder, 'assignment_3_submission.zip'))).toBe(false);
    write(CONTENT_LOSS, contentLoss);
    rmSync(join(folder, 'visualizers/mine.ts'));
    const { files } = await courseKit();
    for (const path of ['lib/random.ts', 'lib/scores.ts'])
      write(path, Buffer.from(files.get(path)!).toString());
  });

  it('packs what it checked, says the public score, and writes the version of the kit into it', async () => {
    const { version } = await courseKit();
    write(TV_LOSS, solved);
    write('try.ts', 'console.log(1);\n');
    const { stdout, exitCode } = await npmRun(folder, 'collect');
    expect(stdout).not.toContain('try.ts');
    rmSync(join(folder, 'try.ts'));
    expect(stdout).toMatch(/Total variation loss {2}3\/3\n/);
    expect(stdout).toMatch(/Quiz {2}4 private points {2}1 not attempted\n/);
    expect(stdout).toMatch(/Public points 3 of [\d.]+; [\d.]+ more are private\./);
    expect(stdout).not.toContain('TypeScript:');
    expect(exitCode).toBe(0);
    const zip = await unzipped(readFileSync(join(folder, 'assignment_3_submission.zip')));
    expect(zip.get(TV_LOSS)!.toString()).toBe(solved);
    expect(JSON.parse(zip.get('submission-manifest.json')!.toString())).toMatchObject({ kit: version });
  });

  it('says of the quiz what its check says, and where the PDF of the written part goes', async () => {
    const quiz = readFileSync(join(folder, 'quiz.md'), 'utf8');
    write('quiz.md', quiz.replace(/1\. \[ \](.*\n)1\. \[ \]/, '1. [x]$11. [x]'));
    write('report/report.pdf', '');
    write('report/report.html', '');
    const { stdout } = await npmRun(folder, 'collect');
    expect(stdout).toMatch(/quiz\.md: line \d+: question S1 has one right answer, and 2 are marked\n/);
    expect(stdout).toContain('report/report.pdf: upload it by itself, as the written part\n');
    expect(stdout).not.toMatch(/report\.html|no answer is marked/);
    write('quiz.md', quiz);
    for (const path of ['report/report.pdf', 'report/report.html']) rmSync(join(folder, path));
  });

  it('says which picture is older than the code that it shows', async () => {
    const picture = readFileSync(
      join(FIXTURES, '../reference/parts/saliency-map/saliency_visualization.png'),
    );
    mkdirSync(join(folder, 'visualization'), { recursive: true });
    writeFileSync(join(folder, 'visualization/saliency_visualization.png'), picture);
    utimesSync(join(folder, 'visualization/saliency_visualization.png'), 1, 1);
    const { stdout } = await npmRun(folder, 'collect');
    expect(stdout).toContain(
      'visualization/saliency_visualization.png: older than visualizers/saliency-map.ts; draw it again: npm run visualize saliency-map',
    );
  });
});

describe('a command that cannot run says why in one sentence', () => {
  const runKit = (at: string, ...args: string[]) =>
    execa(process.execPath, [...args, join(at, 'kit.mjs'), 'check'], { reject: false });

  it('on an old Node.js', async () => {
    const pretend = "data:text/javascript,Object.defineProperty(process.versions,'node',{value:'18.20.4'})";
    const { stderr, exitCode } = await runKit(folder, '--import', pretend);
    expect(stderr).toBe(
      'This needs Node.js 20.19 or newer and runs on 18.20.4; install the LTS version of https://nodejs.org, then open a new terminal.',
    );
    expect(exitCode).toBe(3);
  });

  it('where nothing was installed, in a part of the folder, and with the packages of an older kit', async () => {
    const { files } = await courseKit();
    const bare = await layOutKit();
    rmSync(join(bare, 'node_modules'), { recursive: true });
    expect((await runKit(bare)).stderr).toBe(`The packages are not installed; run npm install in ${bare}.`);
    rmSync(join(bare, 'submission.json'));
    expect((await runKit(bare)).stderr).toMatch(/is not the assignment's folder, or not all of it; unpack/);
    rmSync(bare, { recursive: true });
    const manifest = join(folder, 'package.json');
    writeFileSync(
      manifest,
      readFileSync(manifest, 'utf8').replace(/introspection-kit-0[^"]+\.tgz/, 'introspection-kit-9.9.9.tgz'),
    );
    const { stderr } = await runKit(folder);
    expect(stderr).toMatch(
      /^The installed checks are those of an older kit \(0\.[\w.-]+\); run npm install in/,
    );
    writeFileSync(manifest, files.get('package.json')!);
  });

  it('where a package is missing', async () => {
    const broken = await layOutKit();
    rmSync(join(broken, 'node_modules/introspection-kit/grader/kit.mjs'));
    expect((await runKit(broken)).stderr).toMatch(/run npm install in/);
    rmSync(broken, { recursive: true });
  });

  it('and the starter can be read by Node.js versions that know no newer syntax', () => {
    const text = readFileSync(join(folder, 'kit.mjs'), 'utf8');
    expect(text).not.toMatch(/\?\.|\?\?|^await |import\.meta\.dirname|'node:/m);
  });
});

it('lists files of the reference that the tests lay over', () => {
  expect(filesBelow(reference)).toContain(TV_LOSS);
  expect(stub).toContain('NotImplementedError');
});
