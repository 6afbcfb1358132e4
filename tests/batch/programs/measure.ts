import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { chromium } from 'playwright-core';
import { readReport } from '../../../batch/outputs/kept-report.ts';
import { classPage } from '../../../batch/outputs/page/class-page.ts';
import { findSubmissions } from '../../../batch/sources/find-submissions.ts';
import { BatchFolder } from '../../../batch/store/batch-folder.ts';
import { readJournal } from '../../../batch/store/journal.ts';
import { findChromium } from '../../../reference/lib/report/print-pdf.ts';
import { randomStream } from '../../../reference/lib/random.ts';
import { ROOT } from '../../../repository.ts';

/**
 * Measures what docs/class.md says of a class, on a machine that does nothing else:
 * `npx tsx tests/batch/programs/measure.ts [throughput] [page] [kills] [together] [--size 300]`. All of it takes about two
 * hours; a smaller class shows in minutes that it works.
 */
const HOME = join(tmpdir(), 'introspection-measured-class');
const PROGRAM = join(ROOT, 'scripts', 'cli.ts');

const argumentsGiven = process.argv.slice(2);
const at = argumentsGiven.indexOf('--size');
const size = at < 0 ? 300 : Number(argumentsGiven[at + 1]);
const asked = argumentsGiven.filter((_, i) => at < 0 || (i !== at && i !== at + 1));

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const program = (args: readonly string[], pinned = false) =>
  execa(
    pinned ? 'taskset' : 'node',
    [...(pinned ? ['-c', '0', 'node'] : []), '--import', 'tsx', PROGRAM, ...args],
    { cwd: ROOT, reject: false, stderr: 'inherit' },
  );

async function makeClass(name: string, count: number): Promise<string> {
  const folder = join(HOME, name);
  rmSync(folder, { recursive: true, force: true });
  await program(['class', '--size', String(count), '--seed', '1', '--out', folder]);
  return folder;
}

/** Ticks of all cores since the machine started: in all, and at rest. */
function ticks(): { all: number; idle: number } {
  const [, ...fields] = readFileSync('/proc/stat', 'utf8').split('\n')[0].trim().split(/\s+/);
  // The last two, of guests, are among the others.
  const numbers = fields.slice(0, 8).map(Number);
  return { all: numbers.reduce((sum, n) => sum + n, 0), idle: numbers[3] + numbers[4] };
}

async function grade(source: string, name: string, more: readonly string[], pinned = false) {
  const out = join(HOME, name);
  rmSync(out, { recursive: true, force: true });
  const [before, begin] = [ticks(), performance.now()];
  const { stdout } = await program(['batch', source, '--out', out, '--quiet', '--json', ...more], pinned);
  const seconds = (performance.now() - begin) / 1000;
  const after = ticks();
  const busy = 1 - (after.idle - before.idle) / (after.all - before.all);
  const { graded } = JSON.parse(stdout) as { graded: number };
  const spent = [...readJournal(join(out, 'journal.jsonl')).values()].map((one) => one.processorSeconds);
  const each = spent.reduce((sum, one) => sum + one, 0) / spent.length;
  return { out, seconds, busy, graded, perHour: (graded / seconds) * 3600, each };
}

type Measured = Awaited<ReturnType<typeof grade>>;

const described = ({ graded, seconds, perHour, each, busy }: Measured): string =>
  `${graded} submissions in ${Math.round(seconds)} s, ${Math.round(perHour)} an hour, ${each.toFixed(1)} processor seconds each, all cores together busy ${(100 * busy).toFixed(1)} %`;

async function throughput(): Promise<void> {
  const source = await makeClass('throughput', size);
  const one = await grade(source, 'one-core', ['--jobs', '1', '--only', '*0'], true);
  say(`one at a time on one core, every tenth: ${described(one)}`);
  const all = await grade(source, 'all-cores', []);
  say(`${availableParallelism()} at a time: ${described(all)}`);
  say(`throughput: ${(all.perHour / one.perHour).toFixed(2)} times`);
}

async function page(): Promise<void> {
  const source = await makeClass('page', Math.min(20, size));
  const { out } = await grade(source, 'page-graded', ['--similar']);
  const folder = new BatchFolder(out);
  const entries = readJournal(folder.journal);
  const kinds = findSubmissions(source).map((submitted) => ({
    submitted,
    entry: entries.get(submitted.id)!,
    report: readReport(folder.reportOf(submitted.id)),
  }));
  const many = Array.from({ length: 1000 }, (_, i) => {
    const { submitted, entry, report } = kinds[i % kinds.length];
    const id = `submission_${270_000_000 + i}`;
    return { submitted: { ...submitted, id }, entry: { ...entry, id }, report };
  });
  const file = join(HOME, 'class-1000.html');
  writeFileSync(file, classPage(many, many.length));
  const browser = await chromium.launch({ executablePath: findChromium()!, args: ['--no-sandbox'] });
  for (let turn = 0; turn < 3; turn++) {
    const view = await browser.newPage();
    const begin = performance.now();
    await view.goto(pathToFileURL(file).href);
    await view.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
    const opened = performance.now() - begin;
    await view.getByLabel('Find', { exact: true }).fill('999');
    say(
      `class.html of 1000: ${(statSync(file).size / 1e6).toFixed(1)} MB, open in ${Math.round(opened)} ms, searched after ${Math.round(performance.now() - begin)} ms`,
    );
    await view.close();
  }
  await browser.close();
}

/** All that does not tell how long it took. */
const timeless = (out: string): string =>
  ['results.jsonl', 'grades.csv', 'grades-canvas.csv', 'grades-gradescope.csv']
    .map((name) => readFileSync(join(out, name), 'utf8'))
    .join('')
    .replaceAll(/"(?:seconds|processorSeconds)":[\d.]+/g, '');

/** How many submissions a batch has recorded. */
function recorded(out: string): number {
  const journal = join(out, 'journal.jsonl');
  return existsSync(journal) ? readJournal(journal).size : 0;
}

const MOST_SECONDS_AFTER = 10;

async function kills(): Promise<void> {
  const source = await makeClass('kills', Math.min(20, size));
  const undisturbed = await grade(source, 'undisturbed', []);
  const out = join(HOME, 'killed');
  rmSync(out, { recursive: true, force: true });
  const random = randomStream('kills');
  // A class too small for five kills is recorded before the last of them.
  for (let kill = 1; kill <= 5 && recorded(out) < undisturbed.graded; kill++) {
    const running = program(['batch', source, '--out', out, '--quiet']);
    // Each time something is recorded first, so that there is something to lose.
    for (const before = recorded(out); recorded(out) <= before;) await sleep(100);
    const seconds = random.uniform(0, MOST_SECONDS_AFTER);
    await sleep(1000 * seconds);
    running.kill('SIGKILL');
    await running;
    say(`killed ${seconds.toFixed(1)} s after a record, ${recorded(out)} recorded`);
  }
  await program(['batch', source, '--out', out, '--quiet']);
  say(`output is ${timeless(out) === timeless(undisturbed.out) ? 'the same' : 'ANOTHER ONE'}`);
}

/** Two batches, one of them by a queue, a worker of it and a local grade at once. */
async function together(): Promise<void> {
  const source = await makeClass('together', Math.min(6, size));
  const alone = await grade(source, 'alone', []);
  const port = '7399';
  const redis = execa('redis-server', ['--port', port, '--bind', '127.0.0.1', '--dir', HOME], {
    reject: false,
  });
  await sleep(1000);
  const address = `redis://127.0.0.1:${port}`;
  const worker = program(['worker', '--queue', address, '--jobs', '1']);
  const [one, other, local] = await Promise.all([
    grade(source, 'together-here', []),
    grade(source, 'together-queue', ['--queue', address]),
    program(['grade', '--out', join(HOME, 'together-grade'), '--format', 'json']),
  ]);
  worker.kill('SIGTERM');
  await worker;
  redis.kill('SIGTERM');
  await redis;
  const same = [one, other].map(({ out }) => timeless(out) === timeless(alone.out));
  const { score, points } = JSON.parse(local.stdout) as { score: number; points: number };
  say(
    `two batches at once: ${same.map((is) => (is ? 'the same' : 'ANOTHER ONE')).join(', ')}; grade beside: ${score} of ${points}`,
  );
}

const all = { throughput, page, kills, together };
for (const [name, measure] of Object.entries(all)) {
  if (asked.length === 0 || asked.includes(name)) await measure();
}
