import {
  bonusRemark,
  countOutcomes,
  type CheckResult,
  type Findings,
  type GradeReport,
  type Notice,
  type PartResult,
} from './grade-report.ts';
import { counted } from '../format/counted.ts';
import { openingRemarks } from './opening-remarks.ts';
import { checkCard } from './page/check-card.ts';
import { explanationBlocks, type Explanation } from './page/explanation.ts';
import { findings } from './page/findings.ts';
import { resultsPage, type Counts, type Section } from './page/layout.ts';
import { markup, type Markup } from './page/markup.ts';
import { pictureAddresses } from './page/picture-addresses.ts';
import type { Addresses } from './page/picture-viewer.ts';
import { STATUSES } from './page/status.ts';
import type { Whose } from './page/whose.ts';

export interface HtmlOptions {
  /**
   * Who reads it. Default: students, to whom it shows nothing of a private check but what the message says; only a page
   * that stays with the staff may be for them.
   */
  readonly audience?: 'students' | 'staff';
  /** Whether a server on this machine serves the page and tells it of newer versions (docs/report-page.md). */
  readonly live?: boolean;
  /** Address of a part's handout, relative to the page; undefined where there is none. */
  readonly handout?: (part: string) => string | undefined;
  /** What is said of some checks beside the usual; then the page shows these and no others. */
  readonly explanation?: Explanation;
}

/** What all pictures may weigh together, in characters: the page stays one that can be sent. */
const PICTURES = 3_500_000;
/** So many failed checks are open at first; of more only the first of each part. */
const FEW_FAILED = 8;

type Rendering = HtmlOptions & {
  readonly shown: readonly PartResult[];
  readonly addresses: Addresses;
  readonly whose: Whose;
  readonly openAll: boolean;
};

const rank = ({ outcome }: CheckResult): number => STATUSES.indexOf(outcome);

/** Worst first, otherwise in the order of the assignment. */
const worstFirst = (checks: readonly CheckResult[]): CheckResult[] =>
  checks.toSorted((a, b) => rank(a) - rank(b));

/** What students must not see of a private check, in a frame that says so. */
function staffBlock(
  check: CheckResult,
  name: string,
  { audience, addresses, whose, explanation }: Rendering,
): Markup | undefined {
  if (audience !== 'staff' || check.half !== 'private') return undefined;
  const { message, ...shown }: Findings = check.staffOnly ?? { message: [] };
  const more = { ...shown, message: message.filter((line) => !check.message.includes(line)) };
  const explained = explanationBlocks(explanation?.checks.get(keyOf(check)));
  if (more.message.length === 0 && !shown.pictures && !shown.tensors && !explained) return undefined;
  return markup`<div class="staff"><p><strong>Private.</strong> Students read only what stands above; the rest is for the staff.</p>${findings(more, { name: `${name}-staff`, addresses, whose })}${explained}</div>`;
}

function cardBody(check: CheckResult, id: string, options: Rendering): Markup | undefined {
  const { addresses, whose, explanation } = options;
  const staff = staffBlock(check, id, options);
  const explained = staff ? undefined : explanationBlocks(explanation?.checks.get(keyOf(check)));
  if (check.message.length === 0 && !check.staffOnly && !staff && !explained) return undefined;
  return markup`${findings(check, { name: id, addresses, whose, excerpt: check.excerpt })}${staff}${explained}`;
}

function card(check: CheckResult, options: Rendering, isFirst: boolean): Markup {
  const { outcome, half, bonus, earned, points } = check;
  const id = `${check.part}--${check.id}`;
  const isWrong = outcome === 'failed' || outcome === 'errored';
  return checkCard({
    id,
    status: outcome,
    title: check.title,
    tags: [...(half === 'private' ? ['private'] : []), ...(bonus ? ['bonus'] : [])],
    points: `${earned} of ${points}`,
    body: cardBody(check, id, options),
    open: options.explanation?.isByName === true || (isWrong && (options.openAll || isFirst)),
  });
}

const keyOf = ({ part, id }: CheckResult): string => `${part}/${id}`;

/** The parts with the checks that an explanation is about; all of them where there is none. */
function shownParts({ parts }: GradeReport, explanation: Explanation | undefined): PartResult[] {
  if (!explanation) return [...parts];
  return parts
    .map((part) => ({ ...part, checks: part.checks.filter((one) => explanation.checks.has(keyOf(one))) }))
    .filter(({ checks }) => checks.length > 0);
}

function countsOf(checks: readonly CheckResult[]): Counts {
  const counts: Record<string, number> = {};
  for (const { outcome } of checks) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

function section(part: PartResult, options: Rendering): Section {
  const ordered = worstFirst(part.checks);
  const address = options.handout?.(part.id);
  const files = part.files.map((path, i) => markup`${i > 0 ? ', ' : ''}<code>${path}</code>`);
  const handout = address === undefined ? '' : markup` <a href="${address}">Handout</a>`;
  return {
    id: `part--${part.id}`,
    title: part.title,
    points: `${part.earned} of ${part.points}${bonusRemark(part)}`,
    counts: countsOf(part.checks),
    about: markup`<p class="about">${files}${handout}</p>${explanationBlocks(options.explanation?.parts.get(part.id))}`,
    checks: ordered.map((check, i) => ({
      status: check.outcome,
      card: card(check, options, i === 0),
    })),
    ...(options.explanation?.isByName ? { unfolded: true } : {}),
  };
}

const notice = ({ severity, text }: Notice): Markup =>
  markup`<li class="${severity}"><strong>${severity === 'warning' ? 'Warning' : 'Note'}</strong> <span>${text}</span></li>`;

/** Whether it is what a student checks at home: the rest of the points is given elsewhere. */
const isPublicHalf = ({ parts }: GradeReport): boolean =>
  parts.every(({ checks }) => checks.every(({ half }) => half === 'public'));

const countChecks = (parts: readonly PartResult[]): number =>
  parts.reduce((sum, { checks }) => sum + checks.length, 0);

/** What the head says of a page that explains some checks. */
function aboutExplained({ parts }: GradeReport, { explanation, audience, shown }: Rendering): string[] {
  if (!explanation) return [];
  const count = `explained: ${countChecks(shown)} of ${counted(countChecks(parts), 'check')}`;
  return audience === 'staff' ? [count, 'for the staff alone'] : [count];
}

/** What a submission is called, or else what tells it from others. */
function calledOf({ name, sha256 }: GradeReport['submission']): string {
  if (name !== undefined) return name;
  return sha256 === '' ? 'of unknown name' : `with the SHA-256 ${sha256.slice(0, 8)}…`;
}

function render(report: GradeReport, options: Rendering): string {
  const { assignment, submission, environment, notices, score, points, seconds } = report;
  const { shown } = options;
  const parts = shown.toSorted((a, b) => Math.min(...a.checks.map(rank)) - Math.min(...b.checks.map(rank)));
  const remarks = openingRemarks(report).map((line) => markup`<p class="opening">${line}</p>`);
  const list =
    notices.length > 0 ? markup`<ul class="notices" aria-label="Notices">${notices.map(notice)}</ul>` : '';
  return resultsPage({
    title: assignment.title,
    score: [
      String(score),
      `of ${points} ${isPublicHalf(report) ? 'public points' : 'points'}${bonusRemark({ earned: score, points })}`,
    ],
    facts: [
      `Submission ${calledOf(submission)}`,
      ...(submission.files === undefined ? [] : [counted(submission.files, 'file')]),
      `graded in ${seconds.toFixed(1)} s on ${environment.backend}`,
      ...aboutExplained(report, options),
    ],
    opening: markup`${remarks}${list}`,
    counts: countOutcomes({ parts: shown }),
    sections: parts.map((part) => section(part, options)),
    ...(options.live ? { live: true } : {}),
  });
}

/** Whether the page of a report has pictures or maps for those whom it is for. */
export const hasPictures = (report: GradeReport, { audience, explanation }: HtmlOptions): boolean =>
  shownParts(report, explanation)
    .flatMap(({ checks }) => checks)
    .some(
      ({ pictures, tensors, staffOnly }) =>
        pictures ?? tensors ?? (audience === 'staff' && (staffOnly?.pictures ?? staffOnly?.tensors)),
    );

/** The report as one HTML page that needs no other file: a pure function of it. */
export function toHtml(report: GradeReport, options: HtmlOptions = {}): string {
  const shown = shownParts(report, options.explanation);
  const { failed } = countOutcomes({ parts: shown });
  const rasters = shown
    .flatMap(({ checks }) => checks)
    .flatMap(({ pictures, staffOnly }) => [
      pictures,
      options.audience === 'staff' ? staffOnly?.pictures : undefined,
    ])
    .flatMap((pictures) =>
      pictures
        ? [pictures.expected, pictures.received, ...(pictures.difference ? [pictures.difference] : [])]
        : [],
    );
  const addresses = pictureAddresses(rasters, PICTURES);
  const whose = options.audience === 'staff' ? 'the student’s' : 'yours';
  return render(report, { ...options, shown, addresses, whose, openAll: failed <= FEW_FAILED });
}
