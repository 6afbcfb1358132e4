import { execa } from 'execa';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import pLimit from 'p-limit';
import { describe, expect, it } from 'vitest';
import { EXAMPLE, ROOT } from '../../repository.ts';
import * as commands from '../../scripts/commands/index.ts';
import { runInProcess, type Ended } from './run-in-process.ts';

/** For each command line of the program: a value or an argument that it must refuse, and what the refusal names. */
const BAD: Readonly<Record<string, readonly [args: string, names: string]>> = {
  batch: ['no-such-folder', "'no-such-folder' will not do as <source>: there is no such folder"],
  'batch diff': ['tests no-such-folder', "'no-such-folder' will not do as <new>: there is no such folder"],
  bench: ['--rounds 0', "--rounds <n>' argument '0' is invalid: it must be a whole number from 1 to 1000"],
  calibrate: ['no-such-part', 'there is no part no-such-part; the parts are'],
  check: ['--skip speed', "--skip <name...>' argument 'speed' is invalid: allowed choices are format, lint"],
  class: ['--size 0', "--size <n>' argument '0' is invalid: it must be a whole number from 1"],
  collect: ['no-such-folder', "'no-such-folder' will not do as <folder>: there is no such folder"],
  'contact-sheet': ['--size 7', "--size <pixels>' argument '7' is invalid: it must be a whole number from 8"],
  course: ['--out', "--out <directory>' argument missing"],
  explain: ['', "missing required argument 'submission'"],
  fairness: ['--under snow', "--under <condition...>' argument 'snow' is invalid: allowed choices are plain"],
  fixtures: ['all', "too many arguments for 'fixtures': expected 0 arguments but got 1: all"],
  gallery: ['--out', "--out <directory>' argument missing"],
  grade: ['--threads 9', "--threads <n>' argument '9' is invalid: it must be auto or a whole number from 1"],
  'handout-pictures': ['no-such-part', 'there is no part no-such-part; the parts are'],
  localisation: ['--picture', "--picture <file>' argument missing"],
  'known-mistakes': ['no-such-part', 'there is no part no-such-part; the parts are'],
  model: ['', 'a command is missing: list, import, fetch, remove, check-against-torch'],
  'model list': ['all', "too many arguments for 'list'"],
  'model import': ['no-such.onnx --name mine', "'no-such.onnx' will not do as <file>"],
  'model fetch': ['resnet50', "'resnet50' will not do as <name>: it must be one of squeezenet1_1"],
  'model remove': ['../mine', "'../mine' will not do as <name>"],
  'model check-against-torch': ['now', "too many arguments for 'check-against-torch'"],
  mutate: ['no-such-part', 'there is no part no-such-part; the parts are'],
  'new-part': ['Occlusion', 'Occlusion is no name of a part: lower-case words with hyphens'],
  oracles: ['--course no-such-folder', "--course <directory>' argument 'no-such-folder' is invalid"],
  package: [
    '--timeout 41',
    "--timeout <minutes>' argument '41' is invalid: it must be a number from 1 to 40",
  ],
  pictures: ['', 'a command is missing: list, import, remove'],
  'pictures list': ['all', "too many arguments for 'list'"],
  'pictures import': ['no-such-folder --name mine', "'no-such-folder' will not do as <source>"],
  'pictures remove': ['../mine', "'../mine' will not do as <name>"],
  profile: ['--part', "--part <name...>' argument missing"],
  prove: ['cuda', "'cuda' will not do as <backend>: allowed choices are gpu, native, webgpu"],
  release: ['fixtures/private', "too many arguments for 'release': expected 0 arguments but got 1"],
  report: ['no-such-folder', "'no-such-folder' will not do as <folder>: there is no such folder"],
  sandbox: ['', 'a command is missing: build, probe, cost, soak'],
  'sandbox build': ['twice', "too many arguments for 'build'"],
  'sandbox probe': ['--json 1', "too many arguments for 'probe': expected 0 arguments but got 1: 1"],
  'sandbox cost': ['--rounds 1.5', "--rounds <n>' argument '1.5' is invalid: it must be a whole number"],
  'sandbox soak': [
    '--gradings 3',
    "--gradings <n>' argument '3' is invalid: it must be a whole number from 4",
  ],
  setup: ['cuda', "'cuda' will not do as <backend>: allowed choices are gpu, native, webgpu"],
  simulate: ['a.zip --cpu 0', "--cpu <processors>' argument '0' is invalid: it must be a number from 0.01"],
  template: ['--check yes', "too many arguments for 'template': expected 0 arguments but got 1: yes"],
  train: ['large', "'large' will not do as <network>: allowed choices are standard, robust"],
  visualize: [
    '--model no-such-file',
    "--model <file>' argument 'no-such-file' is invalid: there is no such file",
  ],
  worker: ['--jobs 0', "--jobs <n>' argument '0' is invalid: it must be a whole number from 1"],
};

/** What must be given for another thing to be found wrong. */
const NEEDED: Readonly<Record<string, string>> = {
  course: '--network mine --out made',
  'model import': '--name mine',
  'pictures import': '--name mine',
  worker: '--queue redis://host:6379',
};

/** Commands that run compiled: staff wait for them, or start them often. */
const COMPILED: readonly string[] = [
  'batch',
  'explain',
  'grade',
  'report',
  'simulate',
  'visualize',
  'worker',
];
/** The command `tsx` kills what does not answer a signal at once, and a course has long work that cannot. */
const starterOf = (name: string): string =>
  COMPILED.includes(name) ? 'node compiled/start.mjs' : name === 'course' ? 'node --import tsx' : 'tsx';

/** Command lines that are run in processes of their own as well. */
const SPAWNED = ['grade', 'model import'];

function words(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}

const atOnce = pLimit(2);

function spawn(args: readonly string[]): Promise<Ended> {
  return atOnce(async () => {
    const program = ['--import', 'tsx', 'scripts/cli.ts', ...args];
    const { exitCode, stdout, stderr } = await execa(process.execPath, program, { cwd: ROOT, reject: false });
    return { exitCode: exitCode ?? -1, stdout, stderr };
  });
}

function expectOneSentence({ exitCode, stdout, stderr }: Ended, name: string, sentence: string): void {
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).toContain(`${name}: `);
  expect(stderr).toContain(sentence);
  expect(stderr).not.toMatch(/\bat \S+:\d+/);
  expect(stdout).toBe('');
  expect(exitCode).toBe(2);
}

function namesOf(command: { name(): string; commands: readonly { name(): string }[] }): string[] {
  return [command.name(), ...command.commands.map((one) => `${command.name()} ${one.name()}`)];
}

const all = Object.values(commands).map((make) => make());

describe('the list of commands', () => {
  it('has an alias in package.json for each, and a bad value here', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const aliases = Object.values(scripts).filter((script) => script.includes('scripts/cli.ts'));
    const aliasOf = (name: string): string => `${starterOf(name)} scripts/cli.ts ${name}`;
    expect(aliases.toSorted()).toEqual(all.map((one) => aliasOf(one.name())).toSorted());
    for (const one of all) expect(scripts[one.name()]).toBe(aliasOf(one.name()));
    expect(Object.keys(BAD).toSorted()).toEqual(all.flatMap(namesOf).toSorted());
  });
});

describe.each(Object.entries(BAD))('%s', (name, [bad, sentence]) => {
  const ways = Object.entries({
    'in this process': runInProcess,
    ...(SPAWNED.includes(name) ? { 'in its own process': spawn } : {}),
  });

  it.each(ways)('prints help on standard output, %s', async (_way, run) => {
    const { exitCode, stdout, stderr } = await run([...words(name), '--help']);
    const [first, ...rest] = words(name);
    expect(stdout).toContain(`Usage: npm run ${[first, '--', ...rest].join(' ')}`);
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
  });

  it.each(ways)('refuses an unknown option in one sentence, %s', async (_way, run) => {
    expectOneSentence(
      await run([...words(name), ...words(NEEDED[name] ?? ''), '--no-such-option']),
      name,
      "option '--no-such-option'",
    );
  });

  it.each(ways)('refuses a bad value in one sentence, %s', async (_way, run) => {
    expectOneSentence(await run([...words(name), ...words(bad)]), name, sentence);
  });
});

describe('the program', () => {
  it('prints its version', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    for (const args of [['--version'], ['grade', '--version'], ['model', 'list', '--version']]) {
      expect(await runInProcess(args)).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
    }
  });

  it('says where a table of a comparison goes', async () => {
    const { stdout } = await runInProcess(['batch', 'diff', '--help']);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('print a table of all changes on standard output');
  });

  it('says in the help of a comparison what a comparison takes, and nothing of grading', async () => {
    const { stdout } = await runInProcess(['batch', 'diff', '--help']);
    const options = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, name]) => name);
    expect(options).toEqual(['--csv', '--fail-on-loss', '--help', '--version']);
  });

  it('says of a zip in the place of a class that it is to be unzipped', async () => {
    const zip = relative(ROOT, EXAMPLE);
    expectOneSentence(
      await runInProcess(['batch', zip, '--out', 'x']),
      'batch',
      `'${zip}' will not do as <source>: it is a zip; unzip it first, and name the folder; help:`,
    );
  });

  it('names its commands when none or an unknown one is called', async () => {
    const none = await runInProcess([]);
    for (const one of all) expect(none.stderr).toContain(one.name());
    expectOneSentence(await runInProcess(['grad']), 'introspection-grader', '(Did you mean grade?)');
  });
});
