import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gradescopeResults, type GradescopeResults } from '../../grader/gradescope/results-schema.ts';
import { staffData } from '../../grader/gradescope/staff-data.ts';
import { settings } from '../../grader/gradescope/settings.ts';
import { packageContents } from '../../packaging/builder/contents.ts';
import { FIXTURES, ROOT, TEMPLATE } from '../../repository.ts';
import { REFERENCE } from '../corpus/graded.ts';
import { header, pixels, pngOf } from '../picture/build-png.ts';

/** Resident memory of the grader itself, without its children, whatever a submission returns. */
const MOST_MIB = 350;
/** Loaded before the grader, as it runs on Gradescope; tells how much it took at most. */
const PRINT_PEAK =
  "import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(2, `peak ${process.resourceUsage().maxRSS} KiB`));";
const HALVES = 28 * 1024 * 1024;
const PICTURE = 'visualization/saliency_visualization.png';

/** A file of a loss that answers its first call on its own, with these tensors in the safetensors format. */
const answers = (
  signature: string,
  { entries, dataBytes }: { entries: string; dataBytes: number },
): string => `
import * as tf from '@tensorflow/tfjs';
const { process, Buffer } = globalThis as any;
const fs = process.getBuiltinModule('node:fs');
const entries = Buffer.from(JSON.stringify(${entries}));
const length = Buffer.alloc(8);
length.writeBigUInt64LE(BigInt(entries.length));
const json = Buffer.from('{"type":"returned","id":2,"value":{"tensor":"t0"}}');
const head = Buffer.alloc(8);
head.writeUInt32LE(4 + json.length + 8 + entries.length + ${dataBytes}, 0);
head.writeUInt32LE(json.length, 4);
const frame = Buffer.concat([head, json, length, entries, Buffer.alloc(${dataBytes}, 1)]);
${signature} {
  for (let sent = 0; sent < frame.length; ) sent += fs.writeSync(3, frame, sent);
  return tf.scalar(0);
}
`;

/** What a container of 750 MB did not survive, one in each of three parts. */
const hostile: Readonly<Record<string, string | Uint8Array>> = {
  'style-modules/content-loss.ts': answers(
    'export function contentLoss(weight: number, current: tf.Tensor4D, original: tf.Tensor4D): any',
    {
      entries: `{ t0: { dtype: 'F16', shape: [${HALVES}], data_offsets: [0, ${2 * HALVES}] } }`,
      dataBytes: 2 * HALVES,
    },
  ),
  'style-modules/tv-loss.ts': answers('export function tvLoss(image: tf.Tensor4D, weight: number): any', {
    entries:
      "Object.fromEntries(Array.from({ length: 74425 }, (_, i) => ['t' + i, { dtype: 'F32', shape: [0], data_offsets: [0, 0] }]))",
    dataBytes: 0,
  }),
  [PICTURE]: pngOf(header({ width: 1, height: 8_000_000 }), pixels(new Uint8Array(5 * 8_000_000))),
};

/** The attacked parts, and one with large pictures. */
const PARTS = ['content-loss', 'tv-loss', 'saliency-map', 'grad-cam'];

/** The fixtures of these parts alone. */
function writeFixtures(folder: string): void {
  for (const half of ['public', 'private']) {
    const file = join(half, 'assignment.json');
    const whole = JSON.parse(readFileSync(join(FIXTURES, file), 'utf8')) as { parts: { id: string }[] };
    for (const part of PARTS)
      cpSync(join(FIXTURES, half, part), join(folder, half, part), { recursive: true });
    const parts = whole.parts.filter(({ id }) => PARTS.includes(id));
    writeFileSync(join(folder, file), JSON.stringify({ ...whole, parts }));
  }
}

let base: string;
let source: string;
beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'introspection-package-'));
  source = join(base, 'source');
  const fixtures = join(base, 'fixtures');
  writeFixtures(fixtures);
  const files = await packageContents({
    fixtures,
    template: TEMPLATE,
    settings: settings.parse({ isolation: 'auto', jobs: 2 }),
  });
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), bytes);
  }
  symlinkSync(join(ROOT, 'node_modules'), join(source, 'node_modules'));
}, 120_000);
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** Grades the reference with these files in it, by the program that runs on Gradescope. */
async function gradeWith(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<{ results: GradescopeResults; peakMiB: number }> {
  const root = mkdtempSync(join(tmpdir(), 'introspection-memory-'));
  try {
    const submission = join(root, 'submission');
    cpSync(REFERENCE, submission, { recursive: true });
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(submission, path)), { recursive: true });
      writeFileSync(join(submission, path), content);
    }
    const preload = `data:text/javascript,${encodeURIComponent(PRINT_PEAK)}`;
    const { stderr } = await promisify(execFile)(process.execPath, [
      '--import',
      preload,
      join(source, 'grader', 'run-autograder.mjs'),
      root,
      source,
    ]);
    const results = gradescopeResults.parse(
      JSON.parse(readFileSync(join(root, 'results', 'results.json'), 'utf8')),
    );
    return { results, peakMiB: Number(/peak (\d+) KiB/.exec(stderr)?.[1]) / 1024 };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

describe('the grader stays small, whatever a submission returns', { timeout: 300_000 }, () => {
  it('half precision, tensors without number and an endless picture cost their own points only', async () => {
    const { results, peakMiB } = await gradeWith(hostile);
    process.stderr.write(`resident memory of the grader: ${Math.round(peakMiB)} MiB\n`);
    expect(peakMiB).toBeGreaterThan(0);
    expect(peakMiB).toBeLessThan(MOST_MIB);
    const tests = results.tests ?? [];
    const text = tests.map(({ output }) => output).join('\n');
    expect(text).toMatch(/contentLoss returned 56 MiB where 4 bytes were expected/);
    expect(text).toMatch(/tvLoss returned 74,425 tensors where one was expected/);
    expect(text).toMatch(/The picture has 1x8000000 pixels; it should have \d+x\d+/);
    const outcomes = tests.map(({ extra_data: extra }) => extra as { check: string; outcome: string });
    expect(outcomes.filter(({ outcome }) => outcome === 'errored')).toEqual([]);
    const others = outcomes.filter(({ check }) => !/^(content-loss|tv-loss)\//.test(check));
    expect(others.length).toBeGreaterThan(20);
    expect(others.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    // Each part tells the staff what its own processes took.
    const { staff } = results.extra_data as { staff: unknown };
    const { mebibytes } = staffData.parse(staff);
    expect(Object.keys(mebibytes).sort()).toEqual(PARTS.toSorted());
    for (const taken of Object.values(mebibytes)) expect(taken).toBeGreaterThan(30);
    for (const taken of Object.values(mebibytes)) expect(taken).toBeLessThan(600);
  });
});
