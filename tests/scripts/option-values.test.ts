import { describe, expect, it } from 'vitest';
import { autoOr, number, wholeNumber } from '../../scripts/options/numbers.ts';
import { installedBackends } from '../../grader/tensorflow/index.ts';
import { deviceList } from '../../scripts/options/devices.ts';
import {
  existingDirectory,
  existingFile,
  existingPath,
  several,
  writableDirectory,
  writableFile,
} from '../../scripts/options/paths.ts';
import { privateSeed } from '../../scripts/options/private-seed.ts';
import { EXAMPLE } from '../../repository.ts';
import { runInProcess } from './run-in-process.ts';

describe('values of options', () => {
  it.each(['1', '8', '007'])('takes the whole number %j', (text) => {
    expect(wholeNumber({ min: 1, max: 8 })(text)).toBe(Number(text));
  });

  it.each(['0', '9', '-1', '1.5', '1e0', '0x2', '', ' 2', 'two', '9'.repeat(400)])(
    'refuses %j as a whole number from 1 to 8',
    (text) => {
      expect(() => wholeNumber({ min: 1, max: 8 })(text)).toThrow('It must be a whole number from 1 to 8.');
    },
  );

  it.each(['0.1', '.5', '1000', '2.', '999.99'])('takes the number %j', (text) => {
    expect(number({ min: 0.1, max: 1000 })(text)).toBe(Number(text));
  });

  it.each(['0', '0.09', '1000.01', '-1', 'Infinity', 'NaN', '1e2', '', '.', '1,5'])(
    'refuses %j as a number from 0.1 to 1000',
    (text) => {
      expect(() => number({ min: 0.1, max: 1000 })(text)).toThrow('It must be a number from 0.1 to 1000.');
    },
  );

  it('takes the word auto where it may stand for a number', () => {
    const parse = autoOr(wholeNumber({ min: 1, max: 8 }));
    expect(parse('auto')).toBe('auto');
    expect(parse('3')).toBe(3);
    expect(() => parse('automatic')).toThrow('It must be auto or a whole number from 1 to 8.');
  });

  it('takes cards with commas between them, each once', () => {
    expect(deviceList('0,1')).toEqual(['0', '1']);
    expect(deviceList('RTX 4090, Arc')).toEqual(['RTX 4090', 'Arc']);
    for (const text of ['', '0,', '0,0']) expect(() => deviceList(text)).toThrow('each once');
  });

  it('takes a line of 16 characters for a private seed, or the word for one that is drawn', () => {
    for (const text of ['random', '0123456789abcdef', 'a line with spaces', '🔑'.repeat(16)])
      expect(privateSeed(text)).toBe(text);
    expect(privateSeed(' 0123456789abcdef\n')).toBe('0123456789abcdef');
    for (const text of [
      '',
      ' '.repeat(20),
      '0123456789abcde',
      '🔑'.repeat(15),
      '--out-of-all-places',
      'two lines,\nsays who',
    ])
      expect(() => privateSeed(text)).toThrow(
        'It must be random, or a line of at least 16 characters that begins with no dash.',
      );
  });

  it('tells files from directories', () => {
    const file = import.meta.filename;
    const directory = import.meta.dirname;
    expect(existingFile(file)).toBe(file);
    expect(existingDirectory(directory)).toBe(directory);
    expect(() => existingFile(directory)).toThrow('It is a folder, and must be a file.');
    expect(() => existingDirectory(file)).toThrow('It is a file, and must be a folder.');
    expect(() => existingFile(`${file}/below`)).toThrow('There is no such file.');
    expect(() => existingDirectory(`${directory}/below`)).toThrow('There is no such folder.');
    expect(() => existingPath(`${directory}/below`)).toThrow('There is no such file or folder.');
  });

  it('takes what can be written, and not a file for a folder or a folder for a file', () => {
    const [file, directory] = [import.meta.filename, import.meta.dirname];
    for (const path of [directory, `${directory}/new`, `${directory}/new/newer`])
      expect(writableDirectory(path)).toBe(path);
    for (const path of [file, `${directory}/new`, `${directory}/new/newer`])
      expect(writableFile(path)).toBe(path);
    expect(() => writableDirectory('/proc/none/out')).toThrow('No folder can be made in /proc.');
    expect(() => writableFile('/proc/none.json/x')).toThrow('No folder can be made in /proc.');
    expect(() => writableDirectory(file)).toThrow('It is a file, and must be a folder.');
    expect(() => writableDirectory(`${file}/a/b`)).toThrow(`There is a file at ${file}.`);
    expect(() => writableFile(directory)).toThrow('It is a folder, and must be a file.');
    expect(() => writableFile(`${file}/a`)).toThrow(`There is a file at ${file}.`);
  });

  it('says of a zip in the place of a directory that it is to be unzipped', () => {
    expect(() => existingDirectory(EXAMPLE)).toThrow('It is a zip; unzip it first, and name the folder.');
  });

  it('collects what is given several times', () => {
    const parse = several(wholeNumber({ min: 1, max: 8 }));
    expect(parse('2', parse('1'))).toEqual([1, 2]);
  });
});

/** Each would pass the command line and then be told as the machine's fault, for every check or for all. */
describe('limits of what is at work are kept on the command line', () => {
  it.each([
    ['grade --threads 0', '--threads'],
    ['grade --jobs 65', '--jobs'],
    ['grade --jobs auto', '--jobs'],
    ['grade --time-factor 40000', '--time-factor'],
    ['grade --time-factor 0.01', '--time-factor'],
    ['grade --deadline 9', '--deadline'],
    ['grade --deadline 100000', '--deadline'],
    ['grade --template no-such-folder', '--template'],
    ['grade --assignment fixtures/public no-such-folder', '--assignment'],
    ['package --time-factor 0.5', '--time-factor'],
    ['package --timeout 0.5', '--timeout'],
    ['package --jobs 0', '--jobs'],
    ['package --node no-such-folder', '--node'],
    ['simulate a.zip --memory 2000', '--memory'],
    ['simulate a.zip --timeout 41', '--timeout'],
    ['simulate a.zip --metadata no-such-file', '--metadata'],
    ['explain a.zip --page tests', '--page'],
    ['explain a.zip --page package.json/page.html', '--page'],
    ['explain a.zip --save package.json/case', '--save'],
    ['contact-sheet --count 51', '--count'],
    ['bench --runs 1001', '--runs'],
    ['sandbox cost --rounds 10001', '--rounds'],
    ['model import package.json --name ../mine', '--name'],
    ...['batch docs', 'class', 'course', 'gallery', 'grade', 'report', 'simulate a.zip', 'visualize'].map(
      (command) => [`${command} --out package.json`, '--out'],
    ),
    ...['bench', 'contact-sheet', 'package', 'profile', 'prove gpu', 'release'].map((command) => [
      `${command} --out tests`,
      '--out',
    ]),
  ])('%s', async (line, option) => {
    const { exitCode, stderr } = await runInProcess(line.split(' '));
    expect(stderr).toContain(`option '${option} <`);
    expect(exitCode).toBe(2);
  });
});

describe('what does not go together', () => {
  it.each([
    [
      'grade --out a --results b',
      "option '--results <directory>' cannot be used with option '--out <directory>'",
    ],
    ['setup gpu --from-source', '--from-source is for the backend native, not gpu'],
    ['setup native --from-source --verify', "option '--verify' cannot be used with option '--from-source'"],
    ['grade --isolation practice', 'give it the public half only'],
    [
      'batch docs --out a --gpu 0',
      '--gpu goes with --backend gpu, webgpu or auto: wasm computes on the processor',
    ],
    ['batch docs --out a --backend gpu --gpu 0,1 --jobs 3', '--jobs does not go with --gpu'],
    ['batch docs --out a --queue redis://host --gpu 0', 'what a worker grades on, npm run worker is told'],
    ...['native', 'gpu']
      .filter((name) => !installedBackends().some((one) => one === name))
      .slice(0, 1)
      .map((name) => [`batch docs --out a --backend ${name}`, `not installed; npm run setup -- ${name}`]),
    ['worker --queue redis://host --per-gpu 2', '--per-gpu goes with --gpu'],
    ['grade --part no-such-part', 'there is no part no-such-part'],
  ])('%s', async (line, sentence) => {
    const { exitCode, stderr } = await runInProcess(line.split(' '));
    expect(stderr).toContain(sentence);
    expect(exitCode).toBe(2);
  });
});
