import {
  countOutcomes,
  type CheckResult,
  type GradeReport,
  type Notice,
  type PartResult,
} from './grade-report.ts';
import { openingRemarks } from './opening-remarks.ts';
import { checkCard } from './page/check-card.ts';
import { findings } from './page/findings.ts';
import { resultsPage, type Counts, type Section } from './page/layout.ts';
import { markup, type Markup } from './page/markup.ts';
import { pictureAddresses } from './page/picture-addresses.ts';
import type { Addresses } from './page/picture-viewer.ts';
import { STATUSES } from './page/status.ts';

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
}

/** What all pictures may weigh together, in characters: the page stays one that can be sent. */
const PICTURES = 3_500_000;
/** So many failed checks are open at first; of more only the first of each part. */
const FEW_FAILED = 8;

type Rendering = HtmlOptions & { readonly addresses: Addresses; readonly openAll: boolean };

const rank = ({ outcome }: CheckResult): number => STATUSES.indexOf(outcome);

/** Worst first, otherwise in the order of the assignment. */
const worstFirst = (checks: readonly CheckResult[]): CheckResult[] =>
  checks.toSorted((a, b) => rank(a) - rank(b));

function staffBlock(
  check: CheckResult,
  name: string,
  { audience, addresses }: Rendering,
): Markup | undefined {
  if (audience !== 'staff' || !check.staffOnly) return undefined;
  const { message, ...shown } = check.staffOnly;
  const more = { ...shown, message: message.filter((line) => !check.message.includes(line)) };
  if (more.message.length === 0 && !shown.pictures && !shown.tensors) return undefined;
  return markup`<div class="staff"><p><strong>Private.</strong> Students read only what stands above; the rest is for the staff.</p>${findings(more, { name: `${name}-staff`, addresses })}</div>`;
}

function card(check: CheckResult, options: Rendering, isFirst: boolean): Markup {
  const { outcome, half, bonus, earned, points, excerpt } = check;
  const id = `${check.part}--${check.id}`;
  const body = [
    findings(check, { name: id, addresses: options.addresses, excerpt }),
    staffBlock(check, id, options),
  ];
  const isWrong = outcome === 'failed' || outcome === 'errored';
  return checkCard({
    id,
    status: outcome,
    title: check.title,
    tags: [...(half === 'private' ? ['private'] : []), ...(bonus ? ['bonus'] : [])],
    points: `${earned} of ${points}`,
    body: check.message.length > 0 || check.staffOnly ? markup`${body}` : undefined,
    open: isWrong && (options.openAll || isFirst),
  });
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
    points: `${part.earned} of ${part.points}`,
    counts: countsOf(part.checks),
    about: markup`<p class="about">${files}${handout}</p>`,
    checks: ordered.map((check, i) => ({
      status: check.outcome,
      card: card(check, options, i === 0),
    })),
  };
}

const notice = ({ severity, text }: Notice): Markup =>
  markup`<li class="${severity}"><strong>${severity === 'warning' ? 'Warning' : 'Note'}</strong> <span>${text}</span></li>`;

/** Whether it is what a student checks at home: the rest of the points is given elsewhere. */
const isPublicHalf = ({ parts }: GradeReport): boolean =>
  parts.every(({ checks }) => checks.every(({ half }) => half === 'public'));

function render(report: GradeReport, options: Rendering): string {
  const { assignment, submission, environment, notices, score, points, seconds } = report;
  const parts = report.parts.toSorted(
    (a, b) => Math.min(...a.checks.map(rank)) - Math.min(...b.checks.map(rank)),
  );
  const remarks = openingRemarks(report).map((line) => markup`<p class="opening">${line}</p>`);
  const list =
    notices.length > 0 ? markup`<ul class="notices" aria-label="Notices">${notices.map(notice)}</ul>` : '';
  return resultsPage({
    title: assignment.title,
    score: [String(score), `of ${points} ${isPublicHalf(report) ? 'public points' : 'points'}`],
    facts: [
      `Submission ${submission.name}`,
      `${submission.files} ${submission.files === 1 ? 'file' : 'files'}`,
      `graded in ${seconds.toFixed(1)} s on ${environment.backend}`,
    ],
    opening: markup`${remarks}${list}`,
    counts: countOutcomes(report),
    sections: parts.map((part) => section(part, options)),
    ...(options.live ? { live: true } : {}),
  });
}

/** The report as one HTML page that needs no other file: a pure function of it. */
export function toHtml(report: GradeReport, options: HtmlOptions = {}): string {
  const { failed } = countOutcomes(report);
  const shown = report.parts
    .flatMap(({ checks }) => checks)
    .flatMap(({ pictures, staffOnly }) => [
      pictures,
      options.audience === 'staff' ? staffOnly?.pictures : undefined,
    ]);
  const rasters = shown.flatMap((pictures) =>
    pictures
      ? [pictures.expected, pictures.received, ...(pictures.difference ? [pictures.difference] : [])]
      : [],
  );
  const addresses = pictureAddresses(rasters, PICTURES);
  return render(report, { ...options, addresses, openAll: failed <= FEW_FAILED });
}
