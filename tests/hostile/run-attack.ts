import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { grade } from '../../grader/pipeline/grade.ts';
import { addPoints, type GradeReport } from '../../grader/report/grade-report.ts';
import { toGradescope } from '../../grader/gradescope/results.ts';
import { gradescopeResults } from '../../grader/gradescope/results-schema.ts';
import { toTerminal } from '../../grader/report/terminal.ts';
import { writeAtomically } from '../../grader/format/write-atomically.ts';
import { allPids } from '../../grader/sandbox/process-table.ts';
import { DEFAULT_LIMITS, type Sandbox } from '../../grader/sandbox/sandbox.ts';
import { FIXTURES, ROOT, TEMPLATE } from '../../repository.ts';
import type { Attack, Violation } from './attack.ts';
import { madeFiles } from './made-files.ts';
import type { Place } from './place.ts';
import { hostileZip } from './zips.ts';
import { KiB, MiB } from '../../grader/format/units.ts';

const REFERENCE = join(FIXTURES, 'submissions/should-pass/reference');
/** Less than by default, so that hogs are stopped sooner; the slow and large control stays below. */
const LIMITS = { ...DEFAULT_LIMITS, residentBytes: 768 * MiB, dataBytes: 1536 * MiB, cpuSeconds: 60 };
/** Resident memory of a grader in a process of its own, whatever it meets. */
const MOST_GRADER_BYTES = 350 * MiB;
/** No attack may hold the grader up for longer, on a busy machine. */
const PATIENCE_SECONDS = 240;
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

export interface AttackOutcome {
  readonly violations: readonly Violation[];
  /** Points of the attacked parts. */
  readonly score: number;
  readonly seconds: number;
  /** The most resident memory that this process ever had, of which the grader is a part. */
  readonly peakBytes: number;
  /** What each violation rests on. */
  readonly evidence: readonly string[];
}

async function stageSubmission(attack: Attack, place: Place): Promise<string> {
  const folder = join(place.base, 'submission');
  cpSync(REFERENCE, folder, { recursive: true });
  if (attack.files) {
    cpSync(attack.files, folder, { recursive: true });
    for (const entry of readdirSync(attack.files, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(folder, entry.parentPath.slice(attack.files.length), entry.name);
      writeFileSync(path, place.fill(readFileSync(path, 'utf8')));
    }
  }
  for (const [path, bytes] of attack.made ? await madeFiles(attack.made) : []) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  if (!attack.zip) return folder;
  const zip = join(place.base, 'submission.zip');
  writeFileSync(zip, hostileZip(attack.zip, folder, place.hidden));
  return zip;
}

/** Processes that the attack started and that still run. */
function leftProcesses(place: Place): number[] {
  return allPids().filter((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'latin1');
      return pid !== process.pid && (command.includes(place.digits) || command.includes(place.mark));
    } catch {
      return false;
    }
  });
}

/** User ids that this grader still holds. */
function leftClaims(): string[] {
  try {
    return readdirSync('/run/introspection-grader').filter(
      (name) => name.split('.')[1] === String(process.pid),
    );
  } catch {
    return [];
  }
}

/** The high-water mark of this process. Not that of `getrusage`, which begins with that of the process it came of. */
function peakBytes(): number {
  const status = process.platform === 'linux' ? readFileSync('/proc/self/status', 'latin1') : '';
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * KiB;
}

/**
 * Grades an attack in its place, and looks at everything that it must not have reached.
 * @param options.ownProcess nothing else has run in this process, whose memory is therefore the grader's
 */
export async function runAttack(
  attack: Attack,
  place: Place,
  { sandbox, ownProcess, backend }: { sandbox: Sandbox; ownProcess: boolean; backend?: 'webgpu' | undefined },
): Promise<AttackOutcome> {
  const submission = await stageSubmission(attack, place);
  const resultsFile = join(place.results, 'results.json');
  const found: [Violation, string][] = [];
  const report = (violation: Violation, evidence: string): number =>
    found.push([violation, evidence.slice(0, 300)]);
  const before = place.fingerprint();
  const begin = performance.now();
  let last: GradeReport | undefined;
  let written = '';
  try {
    last = await grade({
      submission,
      assignment: ['public', 'private'].map((half) => join(place.hidden, half)),
      template: TEMPLATE,
      dependencies: ROOT,
      parts: [...attack.parts.attacked, ...attack.parts.others],
      jobs: 1,
      types: attack.types,
      // Every child compiles its shaders, for the other part as well.
      timeFactor: attack.timeFactor * (backend ? 4 : 1),
      ...(backend ? { backend } : {}),
      limits: LIMITS,
      ...(attack.deadline ? { deadlineSeconds: attack.deadline } : {}),
      sandbox,
      onUpdate: (update) => {
        written = JSON.stringify(toGradescope(update));
        writeAtomically(resultsFile, written);
      },
    });
  } catch (error) {
    report('crash', error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  const seconds = (performance.now() - begin) / 1000;
  if (seconds > PATIENCE_SECONDS) report('slow', `${seconds} s`);
  if (last) inspectReport({ attack, place, graded: last, report });
  if (readFileSync(resultsFile, 'utf8') !== written) report('invalid-results', 'not what the grader wrote');
  if (!gradescopeResults.safeParse(JSON.parse(written)).success) report('invalid-results', 'no results.json');
  if (place.fingerprint() !== before) report('changed-files', place.hidden);
  for (const path of place.leftFiles()) report('left-files', path);
  for (const name of readdirSync(place.scratch)) report('left-scratch', name);
  for (const pid of leftProcesses(place)) report('left-processes', String(pid));
  for (const claim of leftClaims()) report('left-claims', claim);
  if (place.heard > 0) report('network', `${place.heard} connections or datagrams`);
  const peak = peakBytes();
  if (ownProcess && peak > MOST_GRADER_BYTES) report('grader-memory', `${Math.round(peak / MiB)} MiB`);
  return {
    violations: [...new Set(found.map(([violation]) => violation))].sort(),
    score: last ? earnedIn(last, attack.parts.attacked) : 0,
    seconds,
    peakBytes: peak,
    evidence: found.map(([violation, evidence]) => `${violation}: ${evidence}`),
  };
}

function inspectReport(options: {
  attack: Attack;
  place: Place;
  graded: GradeReport;
  report: (violation: Violation, evidence: string) => void;
}): void {
  const { attack, place, graded, report } = options;
  const results = toGradescope(graded);
  const terminal = toTerminal(graded, { colour: false });
  // What the staff see names the hidden directories; students do not see it.
  const visible = [JSON.stringify({ ...results, extra_data: undefined }), terminal].join('\n');
  for (const text of [place.canary, ...attack.absent.map((one) => place.fill(one))]) {
    if (visible.includes(text)) report('leak', `${text} in: ${around(visible, text)}`);
  }
  const texts = [
    ...graded.notices.map(({ text }) => text),
    ...graded.parts.flatMap((part) => part.checks.flatMap(({ message }) => message)),
    terminal,
  ];
  const odd = texts.find((text) => CONTROL.test(text));
  if (odd) report('control-characters', JSON.stringify(odd));
  for (const part of graded.parts) {
    for (const check of part.checks) {
      if (check.outcome === 'errored') report('errored', `${check.id}: ${check.message.join(' ')}`);
      const text = check.message.join('\n');
      const said = attack.privateAbsent.map((one) => place.fill(one)).find((one) => text.includes(one));
      if (check.half === 'private' && said) report('private-text', `${check.id}: ${text}`);
    }
  }
  if (graded.state === 'refused') return;
  const { attacked, others } = attack.parts;
  const earned = earnedIn(graded, attacked);
  if (earned > attack.most || earned < attack.least)
    report('score', `${earned}, not ${attack.least} to ${attack.most}`);
  const total = addPoints([earned, earnedIn(graded, others)]);
  if (graded.score !== total) report('score', `total ${graded.score}, not ${total}`);
  for (const part of graded.parts.filter(({ id }) => others.includes(id))) {
    if (part.earned === part.points) continue;
    const lost = part.checks.filter(({ outcome }) => outcome !== 'passed');
    const why = lost.map(({ id, outcome, message }) => `${id} ${outcome}: ${message.join(' ')}`);
    report('other-part', [`${part.id}: ${part.earned} of ${part.points}`, ...why].join('; '));
  }
}

const earnedIn = ({ parts }: GradeReport, ids: readonly string[]): number =>
  addPoints(parts.filter(({ id }) => ids.includes(id)).map((part) => part.earned));

function around(text: string, part: string): string {
  const at = text.indexOf(part);
  return text.slice(Math.max(0, at - 100), at + 120);
}

/** A fresh submission directory for the next attack of a place. */
export function clearSubmission(place: Place): void {
  for (const name of ['submission', 'submission.zip'])
    rmSync(join(place.base, name), { recursive: true, force: true });
  mkdirSync(place.scratch, { recursive: true });
}
