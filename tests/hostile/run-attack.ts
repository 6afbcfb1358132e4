import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { grade } from '../../grader/pipeline/grade.ts';
import type { GradeReport } from '../../grader/report/grade-report.ts';
import { toGradescope } from '../../grader/gradescope/results.ts';
import { gradescopeResults } from '../../grader/gradescope/results-schema.ts';
import { toTerminal } from '../../grader/report/terminal.ts';
import { writeAtomically } from '../../grader/report/write-atomically.ts';
import { allPids } from '../../grader/sandbox/process-table.ts';
import { DEFAULT_LIMITS, type Sandbox } from '../../grader/sandbox/sandbox.ts';
import { FIXTURES, ROOT, TEMPLATE } from '../../repository.ts';
import type { Attack, Violation } from './attack.ts';
import type { Place } from './place.ts';
import { hostileZip } from './zips.ts';
import { MiB } from '../../grader/format/units.ts';

const REFERENCE = join(FIXTURES, 'submissions/should-pass/reference');
const ATTACKED = 'content-loss';
const OTHER = 'tv-loss';
/** Less than by default, so that hogs are stopped sooner; the slow and large control stays below. */
const LIMITS = { ...DEFAULT_LIMITS, residentBytes: 768 * MiB, dataBytes: 1536 * MiB, cpuSeconds: 60 };
/** No attack may hold the grader up for longer, on a busy machine. */
const PATIENCE_SECONDS = 240;
// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

export interface AttackOutcome {
  readonly violations: readonly Violation[];
  /** Points of the attacked part. */
  readonly score: number;
  readonly seconds: number;
  /** What each violation rests on. */
  readonly evidence: readonly string[];
}

function stageSubmission(attack: Attack, place: Place): string {
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

/** Grades an attack in its place, and looks at everything that it must not have reached. */
export async function runAttack(attack: Attack, place: Place, sandbox: Sandbox): Promise<AttackOutcome> {
  const submission = stageSubmission(attack, place);
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
      parts: [ATTACKED, OTHER],
      jobs: 1,
      types: attack.types,
      timeFactor: attack.timeFactor,
      limits: LIMITS,
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
  const score = last?.parts.find((part) => part.id === ATTACKED)?.earned ?? 0;
  return {
    violations: [...new Set(found.map(([violation]) => violation))].sort(),
    score,
    seconds,
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
  const [attacked, other] = [ATTACKED, OTHER].map((id) => graded.parts.find((part) => part.id === id));
  const earned = attacked?.earned ?? Infinity;
  if (earned > attack.most || earned < attack.least)
    report('score', `${earned}, not ${attack.least} to ${attack.most}`);
  if (graded.score !== earned + (other?.earned ?? 0)) report('score', `total ${graded.score}`);
  if (!other || other.earned !== other.points) report('other-part', `${other?.earned} of ${other?.points}`);
}

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
